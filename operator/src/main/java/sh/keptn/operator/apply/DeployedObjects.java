package sh.keptn.operator.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import sh.keptn.crds.deployment.InventoryEntry;

/** What the deployed objects look like now, by watches on the usual kinds: asking costs no request. */
@SuppressWarnings({"DoNotCallSuggester", "unused"}) // until it stands
public final class DeployedObjects implements AutoCloseable {
    public DeployedObjects(KubernetesClient client) {}

    /** Begins to watch; from then on the listener hears whose objects changed in a way that a pass should look at. */
    public void start(Consumer<Owner> listener) {
        throw new UnsupportedOperationException();
    }

    /** Whether every watch has told what there is. */
    public boolean ready() {
        throw new UnsupportedOperationException();
    }

    /** Those of the inventory that are deleted, or changed by somebody else since they were applied. */
    public List<InventoryEntry> drifted(Collection<InventoryEntry> inventory) {
        throw new UnsupportedOperationException();
    }

    /** The object as it is now, reduced to what health and drift need; empty if absent or of a kind not watched. */
    public Optional<GenericKubernetesResource> live(InventoryEntry entry) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
