package sh.keptn.operator.deployment;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import sh.keptn.crds.ConditionType;
import sh.keptn.crds.deployment.DeploymentResult;
import sh.keptn.crds.deployment.HistoryEntry;
import sh.keptn.crds.deployment.InventoryEntry;
import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.crds.deployment.KeptnServiceDeploymentStatus;
import sh.keptn.operator.condition.Conditions;

/**
 * What is known from the passes before.
 *
 * @param applied the revision whose objects the cluster took last, all of them
 * @param appliedTree the folder's tree in it, or in the one after which nothing was left to deploy
 * @param complete whether that went to its end under the spec as it is now, and nothing is asked beyond it
 * @param rolledBack what failed and was replaced by an older revision, if that is how it stands
 */
record Memory(
        Optional<Revision> applied,
        Optional<String> appliedTree,
        Optional<Revision> healthy,
        Optional<Revision> available,
        List<InventoryEntry> inventory,
        boolean complete,
        Optional<HistoryEntry> rolledBack) {
    Memory {
        inventory = List.copyOf(inventory);
    }

    static Memory of(KeptnServiceDeployment resource, KeptnServiceDeploymentStatus status) {
        boolean current = Objects.equals(
                status.observedGeneration(), resource.getMetadata().getGeneration());
        boolean answered = DeploymentIntent.requestedAt(resource)
                .map(request -> request.equals(status.lastHandledRequestedAt()))
                .orElse(true);
        List<Condition> conditions = status.conditions();
        return new Memory(
                Revision.parse(status.lastAppliedRevision()),
                Optional.ofNullable(status.lastAppliedTree()),
                Revision.parse(status.lastHealthyRevision()),
                Revision.parse(status.availableRevision()),
                status.inventory(),
                current && answered && Conditions.isTrue(conditions, ConditionType.APPLIED),
                status.history().stream().findFirst().filter(last -> last.result() == DeploymentResult.RolledBack));
    }
}
