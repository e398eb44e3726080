package sh.keptn.operator.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Objects without what nobody asks of them: memory stays flat however much stands in templates, annotations and data.
 * The status, and of the spec the few fields that tell health, images and addresses, stay.
 */
final class Shape {
    private static final List<String> SPEC = List.of(
            "replicas",
            "paused",
            "suspend",
            "completions",
            "parallelism",
            "selector",
            "type",
            "ports",
            "rules",
            "updateStrategy",
            "scaleTargetRef",
            "storageClassName",
            "volumeName");
    private static final List<String> CONTAINERS = List.of("initContainers", "containers");

    private Shape() {}

    static GenericKubernetesResource of(GenericKubernetesResource full) {
        GenericKubernetesResource shape = new GenericKubernetesResource();
        shape.setApiVersion(full.getApiVersion());
        shape.setKind(full.getKind());
        shape.setMetadata(new ObjectMetaBuilder()
                .withNamespace(full.getMetadata().getNamespace())
                .withName(full.getMetadata().getName())
                .withUid(full.getMetadata().getUid())
                .withGeneration(full.getMetadata().getGeneration())
                .withCreationTimestamp(full.getMetadata().getCreationTimestamp())
                .withDeletionTimestamp(full.getMetadata().getDeletionTimestamp())
                .build());
        if (full.getAdditionalProperties().get("spec") instanceof Map<?, ?> spec) {
            shape.setAdditionalProperty("spec", spec(full.getKind(), spec));
        }
        if (full.getAdditionalProperties().get("status") instanceof Map<?, ?> status) {
            shape.setAdditionalProperty("status", status);
        }
        return shape;
    }

    private static Map<String, Object> spec(String kind, Map<?, ?> spec) {
        Map<String, Object> kept = new LinkedHashMap<>();
        SPEC.forEach(field -> keep(kept, field, spec.get(field)));
        if ("Pod".equals(kind)) {
            kept.putAll(containers(spec));
        }
        keep(kept, "template", template(spec.get("template")));
        if (spec.get("jobTemplate") instanceof Map<?, ?> job && job.get("spec") instanceof Map<?, ?> jobSpec) {
            keep(kept, "template", template(jobSpec.get("template")));
        }
        return kept;
    }

    private static @Nullable Object template(@Nullable Object template) {
        return template instanceof Map<?, ?> map && map.get("spec") instanceof Map<?, ?> pod
                ? Map.of("spec", containers(pod))
                : null;
    }

    private static Map<String, Object> containers(Map<?, ?> pod) {
        Map<String, Object> kept = new LinkedHashMap<>();
        for (String field : CONTAINERS) {
            if (pod.get(field) instanceof List<?> containers) {
                List<Map<String, Object>> images = new ArrayList<>();
                for (Object container : containers) {
                    if (container instanceof Map<?, ?> map && map.get("image") instanceof String image) {
                        images.add(Map.of("image", image));
                    }
                }
                kept.put(field, images);
            }
        }
        return kept;
    }

    private static void keep(Map<String, Object> kept, String field, @Nullable Object value) {
        if (value != null) {
            kept.put(field, value);
        }
    }
}
