package sh.keptn.operator.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import sh.keptn.crds.deployment.InventoryEntry;

/** Which object: as an inventory names it, but whatever version of its group it was written in. */
record ObjectName(String group, String kind, String namespace, String name) {

    static ObjectName of(InventoryEntry entry) {
        return new ObjectName(ApiKind.group(entry.apiVersion()), entry.kind(), entry.namespace(), entry.name());
    }

    static ObjectName of(HasMetadata object) {
        return of(entry(object));
    }

    /** The entry that stands for an object in an inventory. */
    static InventoryEntry entry(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        return new InventoryEntry(
                object.getApiVersion(),
                object.getKind(),
                namespace == null ? "" : namespace,
                object.getMetadata().getName());
    }

    /** For a message: {@code Deployment shop-dev/hello}. */
    static String words(InventoryEntry entry) {
        return entry.kind() + " " + (entry.namespace().isEmpty() ? "" : entry.namespace() + "/") + entry.name();
    }

    @Override
    public String toString() {
        return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
