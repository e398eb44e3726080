package sh.keptn.operator.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import sh.keptn.crds.deployment.InventoryEntry;

/** Makes the cluster hold a service's objects, and nothing else of that service. */
@SuppressWarnings({"DoNotCallSuggester", "unused"}) // until it stands
public final class Applier {
    public Applier(Access access, DeployedObjects deployed, ApplySettings settings) {}

    /**
     * Brings all objects into the cluster by server-side apply, in the order of their kinds. All are checked before the
     * first is applied; it stops at the first that the API server does not take.
     *
     * @param revision the revision they come from, noted on each
     * @param known the inventory: what was applied before
     */
    public ApplyResult apply(
            Target target, String revision, List<GenericKubernetesResource> objects, Set<InventoryEntry> known) {
        throw new UnsupportedOperationException();
    }

    /** Deletes what is asked for no more, as far as it is still ours. */
    public PruneResult prune(Target target, Collection<InventoryEntry> vanished) {
        throw new UnsupportedOperationException();
    }

    /** What carries the target's labels and was applied by us: the inventory, where the status was lost. */
    public List<InventoryEntry> labelled(Target target) {
        throw new UnsupportedOperationException();
    }
}
