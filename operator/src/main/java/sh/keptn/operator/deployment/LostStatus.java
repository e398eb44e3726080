package sh.keptn.operator.deployment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.deployment.InventoryEntry;
import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.crds.deployment.KeptnServiceDeploymentStatus;
import sh.keptn.operator.apply.Applier;
import sh.keptn.operator.apply.DeployedObjects;
import sh.keptn.operator.apply.Target;
import sh.keptn.operator.cluster.NameList;

/** Finds out from the labels and annotations of deployed objects what a status told that was lost. */
final class LostStatus {
    /** What is younger has not got its first status yet, and has lost none. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private final Applier applier;
    private final DeployedObjects objects;
    private final Clock clock;

    LostStatus(Applier applier, DeployedObjects objects, Clock clock) {
        this.applier = applier;
        this.objects = objects;
        this.clock = clock;
    }

    /** The same work, with what could be found where the status was lost. */
    DeploymentActor.Work found(DeploymentActor.Work work) {
        if (!isLost(work.resource())) {
            return work;
        }
        List<InventoryEntry> inventory = applier.labelled(work.target());
        Optional<Revision> applied = inventory.stream()
                .flatMap(entry -> objects.live(entry).stream())
                .flatMap(object -> NameList.value(object, Annotations.REVISION).stream())
                .flatMap(text -> Revision.parse(text).stream())
                .findFirst();
        work.draft().inventory(inventory);
        Memory memory = new Memory(
                applied, Optional.empty(), Optional.empty(), Optional.empty(), inventory, false, Optional.empty());
        return new DeploymentActor.Work(
                work.resource(), work.intent(), work.place(), work.target(), memory, work.draft());
    }

    /** What is to be pruned when the resource goes. */
    List<InventoryEntry> inventory(KeptnServiceDeployment resource, Target target) {
        KeptnServiceDeploymentStatus status = DeploymentStatusFactory.before(resource);
        return status.observedGeneration() == null
                ? Inventories.union(status.inventory(), applier.labelled(target))
                : status.inventory();
    }

    private boolean isLost(KeptnServiceDeployment resource) {
        Instant made = Instant.parse(resource.getMetadata().getCreationTimestamp());
        return DeploymentStatusFactory.before(resource).observedGeneration() == null
                && made.plus(YOUNG).isBefore(clock.instant());
    }
}
