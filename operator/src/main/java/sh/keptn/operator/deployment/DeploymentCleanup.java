package sh.keptn.operator.deployment;

import java.util.List;
import java.util.Optional;
import sh.keptn.core.error.KeptnException;
import sh.keptn.crds.deployment.InventoryEntry;
import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.crds.deployment.KeptnServiceDeploymentStatus;
import sh.keptn.crds.project.DeletionPolicy;
import sh.keptn.operator.apply.PruneResult;
import sh.keptn.operator.apply.Target;
import sh.keptn.operator.condition.Outcome;

/**
 * What goes with a deployment: its objects, unless the spec wants them to stay. Neither the upstream nor the project is
 * asked for anything, so that a dead one holds nothing back.
 */
final class DeploymentCleanup {
    private final DeploymentActor actor;
    private final LostStatus lostStatus;
    private final DeploymentStatusFactory statuses;
    private final DeploymentEvents events;

    DeploymentCleanup(
            DeploymentActor actor, LostStatus lostStatus, DeploymentStatusFactory statuses, DeploymentEvents events) {
        this.actor = actor;
        this.lostStatus = lostStatus;
        this.statuses = statuses;
        this.events = events;
    }

    /** What is left to do, and the status that says so. */
    record Left(KeptnServiceDeploymentStatus status, Outcome outcome) {}

    /** Empty when all is done; else the resource must wait. */
    Optional<Left> clean(KeptnServiceDeployment resource) {
        if (resource.getSpec().deletionPolicyOrDefault() == DeletionPolicy.Orphan) {
            return Optional.empty();
        }
        Target target;
        try {
            target = DeploymentIntent.of(resource).target("");
        } catch (KeptnException e) {
            // Nothing was ever made for a spec that could not be read.
            return Optional.empty();
        }
        List<InventoryEntry> inventory = lostStatus.inventory(resource, target);
        if (inventory.isEmpty()) {
            return Optional.empty();
        }
        PruneResult pruned = actor.takeAway(target, inventory);
        events.pruned(resource, pruned.deleted());
        return DeploymentActor.hindrance(pruned).map(outcome -> {
            DeploymentDraft draft = statuses.draft(resource);
            draft.inventory(pruned.remaining());
            return new Left(draft.status(outcome), outcome);
        });
    }
}
