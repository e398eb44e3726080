package sh.keptn.operator.deployment;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import sh.keptn.crds.deployment.InventoryEntry;

/** Sums and differences of inventories. One object in two versions of its API is one object. */
final class Inventories {
    private record Key(String group, String kind, String namespace, String name) {}

    private Inventories() {}

    /** What objects will stand in the inventory as. */
    static List<InventoryEntry> of(List<GenericKubernetesResource> objects, String namespace) {
        List<InventoryEntry> entries = new ArrayList<>();
        for (GenericKubernetesResource object : objects) {
            String own = object.getMetadata().getNamespace();
            entries.add(new InventoryEntry(
                    object.getApiVersion(),
                    object.getKind(),
                    own == null ? namespace : own,
                    object.getMetadata().getName()));
        }
        return entries;
    }

    /** The first with what the second has besides. */
    static List<InventoryEntry> union(Collection<InventoryEntry> one, Collection<InventoryEntry> other) {
        Map<Key, InventoryEntry> all = new LinkedHashMap<>();
        one.forEach(entry -> all.put(key(entry), entry));
        other.forEach(entry -> all.putIfAbsent(key(entry), entry));
        return List.copyOf(all.values());
    }

    /** The first without the second. */
    static List<InventoryEntry> without(Collection<InventoryEntry> one, Collection<InventoryEntry> other) {
        Set<Key> gone = other.stream().map(Inventories::key).collect(Collectors.toCollection(HashSet::new));
        return one.stream().filter(entry -> !gone.contains(key(entry))).toList();
    }

    /** As people read them: {@code Deployment/carts, Service/carts}. */
    static String names(Collection<InventoryEntry> entries) {
        return entries.stream().map(entry -> entry.kind() + "/" + entry.name()).collect(Collectors.joining(", "));
    }

    private static Key key(InventoryEntry entry) {
        int slash = entry.apiVersion().indexOf('/');
        return new Key(
                slash < 0 ? "" : entry.apiVersion().substring(0, slash), entry.kind(), entry.namespace(), entry.name());
    }
}
