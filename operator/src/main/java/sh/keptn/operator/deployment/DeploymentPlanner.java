package sh.keptn.operator.deployment;

import java.util.Optional;
import sh.keptn.crds.Reason;
import sh.keptn.crds.deployment.HistoryEntry;
import sh.keptn.operator.condition.Outcome;

/**
 * From what a deployment asks for, what stands in Git and what was done before to what is to be done. The folder's tree
 * decides: a commit that leaves it as it is brings no work. Pure: it asks nobody and changes nothing.
 */
final class DeploymentPlanner {

    DeploymentPlan plan(DeploymentIntent intent, ObservedFolder seen, Memory memory) {
        if (intent.pin().isPresent()) {
            return seen.pinned()
                    .map(pinned -> follow(pinned, memory))
                    .orElseGet(() -> stalled(
                            Reason.REVISION_NOT_FOUND,
                            "there is no commit " + intent.pin().get() + " in the upstream; what runs goes on"));
        }
        if (intent.onSequence() && memory.applied().isPresent()) {
            return seen.applied()
                    .map(applied -> follow(applied, memory))
                    .orElseGet(() -> stalled(
                            Reason.REVISION_NOT_FOUND,
                            memory.applied().get() + " is not in the upstream any more; what runs goes on"));
        }
        if (seen.head().isEmpty()) {
            return stalled(
                    Reason.STAGE_BRANCH_MISSING,
                    "the branch of stage '" + intent.stage() + "' is not in the upstream; what runs goes on");
        }
        Candidate head = seen.head().get();
        return intent.onSequence() && head.tree().isPresent()
                ? new DeploymentPlan.Await(head.revision())
                : follow(head, memory);
    }

    private static DeploymentPlan follow(Candidate wanted, Memory memory) {
        if (wanted.tree().isEmpty()) {
            return new DeploymentPlan.Clear(wanted);
        }
        Optional<String> rolledBack = memory.rolledBack().map(HistoryEntry::tree);
        if (memory.complete() && rolledBack.equals(wanted.tree())) {
            return new DeploymentPlan.Hold(wanted);
        }
        return memory.complete() && memory.appliedTree().equals(wanted.tree())
                ? new DeploymentPlan.Look(wanted)
                : new DeploymentPlan.Apply(wanted);
    }

    private static DeploymentPlan stalled(Reason reason, String message) {
        return new DeploymentPlan.Stop(new Outcome.Stalled(reason, message));
    }
}
