package sh.keptn.operator.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.FieldManagers;

/**
 * The fields of an object that we applied, as the API server keeps them in metadata.managedFields, with their values
 * now. Whoever writes another value into one of them takes it from us, and whoever removes it changes it: so two equal
 * digests mean that nobody changed what we applied, whatever else they did to the object.
 */
final class OwnedFields {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private static final String APPLY = "Apply";
    private static final String FIELD = "f:";
    private static final String KEYED = "k:";
    private static final String VALUE = "v:";
    private static final String REVISION = FIELD + Annotations.REVISION;

    private OwnedFields() {}

    /** The set of fields that we applied, unless we never did. */
    static Optional<Map<String, Object>> of(GenericKubernetesResource object) {
        List<ManagedFieldsEntry> managed = object.getMetadata().getManagedFields();
        if (managed == null) {
            return Optional.empty();
        }
        return managed.stream()
                .filter(entry -> FieldManagers.OPERATOR.equals(entry.getManager())
                        && APPLY.equals(entry.getOperation())
                        && entry.getSubresource() == null
                        && entry.getFieldsV1() != null)
                .findFirst()
                .map(entry -> entry.getFieldsV1().getAdditionalProperties());
    }

    /** Whether spec.replicas is ours. */
    static boolean holdReplicas(GenericKubernetesResource object) {
        return of(object)
                .map(fields -> fields.get("f:spec"))
                .filter(spec -> spec instanceof Map<?, ?> map && map.containsKey("f:replicas"))
                .isPresent();
    }

    /** A digest of our fields and their values; the revision's annotation does not count. */
    static String digest(GenericKubernetesResource object) {
        Map<String, Object> fields = of(object).orElse(Map.of());
        if (fields.isEmpty()) {
            return "";
        }
        JsonNode tree = JSON.valueToTree(object);
        try {
            byte[] text = JSON.writeValueAsString(project(fields, tree)).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, 16);
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("a tree is always JSON, and every Java platform has SHA-256", e);
        }
    }

    private static @Nullable Object project(Map<?, ?> fields, @Nullable JsonNode value) {
        if (fields.isEmpty() || value == null) {
            return value;
        }
        Map<String, @Nullable Object> kept = new TreeMap<>();
        fields.forEach((key, below) -> {
            String step = String.valueOf(key);
            if (!".".equals(step) && !REVISION.equals(step)) {
                kept.put(step, project(below instanceof Map<?, ?> map ? map : Map.of(), child(step, value)));
            }
        });
        return kept.isEmpty() ? value.isContainerNode() : kept;
    }

    private static @Nullable JsonNode child(String step, JsonNode value) {
        String rest = step.substring(2);
        if (step.startsWith(FIELD)) {
            return value.get(rest);
        }
        if (step.startsWith(KEYED) || step.startsWith(VALUE)) {
            JsonNode wanted = parse(rest);
            for (JsonNode element : value) {
                if (step.startsWith(VALUE) ? element.equals(wanted) : matches(element, wanted)) {
                    return element;
                }
            }
        }
        return null;
    }

    private static boolean matches(JsonNode element, JsonNode wanted) {
        return wanted.properties().stream()
                .allMatch(property -> property.getValue().equals(element.get(property.getKey())));
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("managedFields hold a key that is no JSON", e);
        }
    }
}
