package sh.keptn.operator.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import sh.keptn.crds.deployment.InventoryEntry;

/** An object that passed the checks, as it is going to be applied: with namespace, labels and revision. */
record Prepared(ApiKind kind, GenericKubernetesResource object) {

    InventoryEntry entry() {
        return ObjectName.entry(object);
    }
}
