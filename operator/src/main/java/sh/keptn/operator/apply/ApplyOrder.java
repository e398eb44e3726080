package sh.keptn.operator.apply;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sh.keptn.crds.deployment.InventoryEntry;

/** In which order kinds are applied: what others need comes first, custom resources last. Pruning goes backwards. */
final class ApplyOrder {
    private static final List<String> FIRST = List.of(
            "Namespace",
            "PriorityClass",
            "CustomResourceDefinition",
            "NetworkPolicy",
            "ResourceQuota",
            "LimitRange",
            "PodDisruptionBudget",
            "ServiceAccount",
            "Secret",
            "ConfigMap",
            "StorageClass",
            "PersistentVolume",
            "PersistentVolumeClaim",
            "ClusterRole",
            "ClusterRoleBinding",
            "Role",
            "RoleBinding",
            "Service",
            "DaemonSet",
            "Pod",
            "ReplicaSet",
            "Deployment",
            "StatefulSet",
            "Job",
            "CronJob",
            "HorizontalPodAutoscaler",
            "IngressClass",
            "Ingress");
    private static final Map<String, Integer> RANKS = ranks();

    private ApplyOrder() {}

    static final Comparator<InventoryEntry> COMPARATOR = Comparator.<InventoryEntry>comparingInt(
                    entry -> RANKS.getOrDefault(entry.kind(), FIRST.size()))
            .thenComparing(InventoryEntry::kind)
            .thenComparing(InventoryEntry::namespace)
            .thenComparing(InventoryEntry::name);

    private static Map<String, Integer> ranks() {
        Map<String, Integer> ranks = new HashMap<>();
        FIRST.forEach(kind -> ranks.put(kind, ranks.size()));
        return Map.copyOf(ranks);
    }
}
