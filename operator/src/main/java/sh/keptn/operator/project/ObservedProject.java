package sh.keptn.operator.project;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.StageName;

/**
 * A project's upstream as one look at it showed.
 *
 * @param defaultHead empty if the default branch is not born yet
 * @param initialized whether the default branch holds a non-empty metadata.yaml: Keptn's mark of a project
 * @param ours whether that mark was made for this project
 * @param stages those that stand there, of all that matter
 */
record ObservedProject(
        String defaultBranch,
        Optional<CommitId> defaultHead,
        boolean initialized,
        boolean ours,
        ShipyardInGit shipyard,
        Map<StageName, ObservedStage> stages) {
    ObservedProject {
        stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
    }
}
