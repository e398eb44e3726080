package sh.keptn.operator.render;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.Printable;

/**
 * The values of the built-in template, read with care: a key that it does not know is refused, as a setting that is
 * passed over in silence is found out in production.
 */
final class TemplateValues {
    private static final int MAX_PORT = 65_535;
    private static final int MAX_REPLICAS = 1_000;
    private static final SortedSet<String> KEYS = new TreeSet<>(List.of(
            "annotations",
            "args",
            "command",
            "env",
            "envFrom",
            "image",
            "imagePullPolicy",
            "imagePullSecrets",
            "labels",
            "livenessProbe",
            "podAnnotations",
            "podSecurityContext",
            "port",
            "probe",
            "readinessProbe",
            "replicaCount",
            "replicas",
            "resources",
            "securityContext",
            "service",
            "serviceAccountName",
            "servicePort",
            "startupProbe",
            "volumeMounts",
            "volumes"));
    private static final SortedSet<String> IMAGE_KEYS =
            new TreeSet<>(List.of("digest", "pullPolicy", "registry", "repository", "tag"));
    private static final SortedSet<String> SERVICE_KEYS = new TreeSet<>(List.of("port", "type"));
    private static final SortedSet<String> PROBE_KEYS = new TreeSet<>(List.of("path"));

    private final YamlDocument document;
    private final Map<?, ?> values;

    TemplateValues(YamlDocument document, Map<?, ?> values) {
        this.document = document;
        this.values = values;
        requireKnown("", values, KEYS);
    }

    /** The image's reference. */
    String image() {
        Object image = values.get("image");
        if (image instanceof Map<?, ?> map) {
            requireKnown("image.", map, IMAGE_KEYS);
            String registry =
                    text(map, "image.", "registry").map(host -> host + "/").orElse("");
            String tag = text(map, "image.", "tag").map(name -> ":" + name).orElse("");
            String digest =
                    text(map, "image.", "digest").map(name -> "@" + name).orElse("");
            String repository =
                    text(map, "image.", "repository").orElseThrow(() -> document.refuse("image.repository is missing"));
            return registry + repository + tag + digest;
        }
        return text(values, "", "image").orElseThrow(() -> document.refuse("image must be text"));
    }

    Optional<String> imagePullPolicy() {
        Optional<String> own = text(values, "", "imagePullPolicy");
        return own.or(() ->
                values.get("image") instanceof Map<?, ?> map ? text(map, "image.", "pullPolicy") : Optional.empty());
    }

    Optional<Integer> replicas() {
        return number(values, "", "replicas", 0, MAX_REPLICAS)
                .or(() -> number(values, "", "replicaCount", 0, MAX_REPLICAS));
    }

    Optional<Integer> port() {
        return number(values, "", "port", 1, MAX_PORT);
    }

    Optional<Integer> servicePort() {
        return number(values, "", "servicePort", 1, MAX_PORT)
                .or(() -> number(service(), "service.", "port", 1, MAX_PORT));
    }

    Optional<String> serviceType() {
        return text(service(), "service.", "type");
    }

    private Map<?, ?> service() {
        Map<?, ?> service = map("service").orElse(Map.of());
        requireKnown("service.", service, SERVICE_KEYS);
        return service;
    }

    /** The path of an HTTP check that stands for both probes. */
    Optional<String> probePath() {
        return map("probe").map(probe -> {
            requireKnown("probe.", probe, PROBE_KEYS);
            return text(probe, "probe.", "path").orElseThrow(() -> document.refuse("probe.path is missing"));
        });
    }

    /** Environment variables: a list as Kubernetes has it, or names with their values. */
    Optional<List<?>> env() {
        Object env = values.get("env");
        if (env instanceof Map<?, ?> map) {
            return Optional.of(map.entrySet().stream()
                    .map(entry -> BuiltInTemplate.ordered(
                            "name", entry.getKey(), "value", scalar("env." + entry.getKey(), entry.getValue())))
                    .toList());
        }
        return list("env");
    }

    /** Names of Secrets, as texts or as Kubernetes has them. */
    Optional<List<?>> imagePullSecrets() {
        return list("imagePullSecrets")
                .map(secrets -> secrets.stream()
                        .map(secret -> secret instanceof String name ? Map.of("name", name) : secret)
                        .toList());
    }

    /** Texts by their keys: labels or annotations. */
    Map<String, String> texts(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        map(key).orElse(Map.of())
                .forEach((name, value) -> texts.put(String.valueOf(name), scalar(key + "." + name, value)));
        return texts;
    }

    Optional<String> text(String key) {
        return text(values, "", key);
    }

    /** What is handed on to Kubernetes as it stands. */
    Optional<Map<?, ?>> map(String key) {
        return switch (values.get(key)) {
            case null -> Optional.empty();
            case Map<?, ?> map -> Optional.of(map);
            default -> throw document.refuse(key + " must be a map");
        };
    }

    /** What is handed on to Kubernetes as it stands. */
    Optional<List<?>> list(String key) {
        return switch (values.get(key)) {
            case null -> Optional.empty();
            case List<?> list -> Optional.of(list);
            default -> throw document.refuse(key + " must be a list");
        };
    }

    private Optional<String> text(Map<?, ?> from, String parent, String key) {
        Object value = from.get(key);
        if (value == null || value.equals("")) {
            return Optional.empty();
        }
        return Optional.of(scalar(parent + key, value));
    }

    private String scalar(String name, @Nullable Object value) {
        return switch (value) {
            case null -> "";
            case String text -> text;
            case Boolean flag -> flag.toString();
            case Number number -> number.toString();
            default -> throw document.refuse(Printable.of(name) + " must be text");
        };
    }

    private Optional<Integer> number(Map<?, ?> from, String parent, String key, int least, int most) {
        return switch (from.get(key)) {
            case null -> Optional.empty();
            case Integer number when number >= least && number <= most -> Optional.of(number);
            default -> throw document.refuse(parent + key + " must be a whole number from " + least + " to " + most);
        };
    }

    private void requireKnown(String parent, Map<?, ?> map, SortedSet<String> known) {
        for (Object key : map.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                throw unknown(parent + key, known);
            }
        }
    }

    private KeptnException unknown(String key, SortedSet<String> known) {
        return document.refuse("'" + Printable.of(key) + "' is no setting of the built-in template; there are "
                + String.join(", ", known) + ". For more, write manifests or a chart");
    }
}
