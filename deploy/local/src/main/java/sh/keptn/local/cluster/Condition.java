package sh.keptn.local.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One standard condition of a resource whose type is not known here. */
record Condition(String status, String reason, String message) {

    static Optional<Condition> of(GenericKubernetesResource resource, String type) {
        if (!(resource.get("status", "conditions") instanceof List<?> conditions)) {
            return Optional.empty();
        }
        return conditions.stream()
                .filter(Map.class::isInstance)
                .map(Map.class::cast)
                .filter(condition -> type.equals(condition.get("type")))
                .map(condition ->
                        new Condition(text(condition, "status"), text(condition, "reason"), text(condition, "message")))
                .findFirst();
    }

    boolean isTrue() {
        return status.equals("True");
    }

    private static String text(Map<?, ?> condition, String field) {
        Object value = condition.get(field);
        return value == null ? "" : value.toString();
    }
}
