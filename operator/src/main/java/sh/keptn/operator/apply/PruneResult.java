package sh.keptn.operator.apply;

import java.util.List;
import sh.keptn.crds.Reason;
import sh.keptn.crds.deployment.InventoryEntry;

/**
 * How pruning ended. What is in {@link #remaining()} stays in the inventory; everything else that was asked for leaves
 * it: it was deleted, was gone, is somebody else's by now, or asks by its annotation to be left alone.
 */
public sealed interface PruneResult {
    /** What was deleted and is gone, in this pass. */
    List<InventoryEntry> deleted();

    /** What is still there and still ours. */
    List<InventoryEntry> remaining();

    /** Nothing remains. */
    record Pruned(List<InventoryEntry> deleted) implements PruneResult {
        public Pruned {
            deleted = List.copyOf(deleted);
        }

        @Override
        public List<InventoryEntry> remaining() {
            return List.of();
        }
    }

    /** Deletion was accepted, but finalizers hold some objects: ask again in a while. */
    record Waiting(String message, List<InventoryEntry> deleted, List<InventoryEntry> remaining)
            implements PruneResult {
        public Waiting {
            deleted = List.copyOf(deleted);
            remaining = List.copyOf(remaining);
        }
    }

    /** Some could not be deleted; the message names the first and the API server's own words. */
    record Failed(Reason reason, String message, List<InventoryEntry> deleted, List<InventoryEntry> remaining)
            implements PruneResult {
        public Failed {
            deleted = List.copyOf(deleted);
            remaining = List.copyOf(remaining);
        }
    }
}
