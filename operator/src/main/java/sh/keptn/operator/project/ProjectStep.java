package sh.keptn.operator.project;

import java.util.Set;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.StageName;

/** One thing to do for a project. Each may be done twice: the second time it finds its work done. */
sealed interface ProjectStep {
    /** Write metadata.yaml to the default branch, which may be born with it. */
    record InitializeRepository() implements ProjectStep {}

    /** Go on with a Keptn project that somebody else set up. */
    record AdoptRepository() implements ProjectStep {}

    /** Make the stage's branch, or its folder in the directory layout. */
    record CreateStage(StageName stage) implements ProjectStep {}

    /** Take the stage as it stands in the upstream; {@code ours} if an earlier try of this project made it. */
    record AdoptStage(StageName stage, boolean ours) implements ProjectStep {}

    /** Write the shipyard that came with the resource. After the stages, as in Keptn: their branches hold none. */
    record WriteShipyard(String content) implements ProjectStep {}

    /** Speak no more of a stage whose removal was confirmed. Its branch stays. */
    record RemoveStage(StageName stage) implements ProjectStep {}

    /** Make the resource for a folder that somebody pushed. */
    record DiscoverService(ServiceName service) implements ProjectStep {}

    /** Services that were deleted and whose folders are gone by now: pushed again, they are new ones. */
    record ForgetIgnored(Set<String> services) implements ProjectStep {}

    /** Take the annotation away that asked for something which is done. */
    record ClearAnnotation(String annotation) implements ProjectStep {}
}
