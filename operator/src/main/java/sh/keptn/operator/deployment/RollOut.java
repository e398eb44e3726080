package sh.keptn.operator.deployment;

import java.util.List;
import sh.keptn.crds.deployment.InventoryEntry;
import sh.keptn.operator.apply.Change;
import sh.keptn.operator.condition.Outcome;

/** What became of a folder that was to be brought into the cluster. */
sealed interface RollOut {
    /** The cluster took all of it, and what it replaces is gone. */
    record Applied(List<Change> changes, List<InventoryEntry> pruned) implements RollOut {
        public Applied {
            changes = List.copyOf(changes);
            pruned = List.copyOf(pruned);
        }
    }

    /** The folder holds nothing that could be deployed, and nothing of it is left. */
    record Nothing(String why, List<InventoryEntry> pruned) implements RollOut {
        public Nothing {
            pruned = List.copyOf(pruned);
        }
    }

    /** It did not come to its end. */
    record Broken(Outcome outcome) implements RollOut {}
}
