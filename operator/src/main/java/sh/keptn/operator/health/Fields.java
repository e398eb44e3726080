package sh.keptn.operator.health;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads fields of an object of any kind; whatever is missing or of another type is absent. */
record Fields(Map<?, ?> map) {
    private static final Fields NONE = new Fields(Map.of());

    static Fields of(GenericKubernetesResource object) {
        return new Fields(object.getAdditionalProperties());
    }

    Fields in(String field) {
        return map.get(field) instanceof Map<?, ?> below ? new Fields(below) : NONE;
    }

    List<Fields> all(String field) {
        return map.get(field) instanceof List<?> list
                ? list.stream()
                        .filter(Map.class::isInstance)
                        .map(element -> new Fields((Map<?, ?>) element))
                        .toList()
                : List.of();
    }

    Optional<String> text(String field) {
        return map.get(field) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    String text(String field, String otherwise) {
        return text(field).orElse(otherwise);
    }

    long number(String field, long otherwise) {
        return map.get(field) instanceof Number number ? number.longValue() : otherwise;
    }

    boolean flag(String field) {
        return Boolean.TRUE.equals(map.get(field));
    }

    boolean has(String field) {
        return map.get(field) != null;
    }

    boolean isEmpty() {
        return map.isEmpty();
    }

    /** The condition of that type in {@code conditions}. */
    Optional<Fields> condition(String type) {
        return all("conditions").stream()
                .filter(condition -> type.equals(condition.text("type", "")))
                .findFirst();
    }

    /** Reason and message of a condition, or what stands in for them. */
    String words(String otherwise) {
        String message = text("message", "");
        String reason = text("reason", "");
        if (message.isEmpty()) {
            return reason.isEmpty() ? otherwise : reason;
        }
        return reason.isEmpty() ? message : reason + ": " + message;
    }

    boolean is(String status) {
        return status.equals(text("status", ""));
    }
}
