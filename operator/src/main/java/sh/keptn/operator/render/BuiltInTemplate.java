package sh.keptn.operator.render;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sh.keptn.core.model.ShortHash;

/**
 * One Deployment and one Service for a single image. Safe where that breaks no ordinary image: no privilege can be
 * gained, the default seccomp profile, no token of the cluster unless a service account is named. It may still run as
 * root and write to its disk, as most images want to.
 */
final class BuiltInTemplate {
    private static final int DEFAULT_PORT = 8080;
    private static final int DEFAULT_SERVICE_PORT = 80;
    private static final int MAX_LABEL = 63;
    private static final String PORT_NAME = "http";
    private static final String NAME = "app.kubernetes.io/name";
    private static final String PART_OF = "app.kubernetes.io/part-of";
    private static final String INSTANCE = "app.kubernetes.io/instance";

    private final RenderRequest request;
    private final TemplateValues values;
    private final String name;

    BuiltInTemplate(RenderRequest request, TemplateValues values) {
        this.request = request;
        this.values = values;
        this.name = ResourceNames.label(request.service());
    }

    List<Map<String, Object>> objects() {
        return List.of(deployment(), service());
    }

    private Map<String, Object> deployment() {
        Map<String, Object> spec = new LinkedHashMap<>();
        values.replicas().ifPresent(replicas -> spec.put("replicas", replicas));
        spec.put("selector", Map.of("matchLabels", selector()));
        spec.put("template", ordered("metadata", podMetadata(), "spec", podSpec()));
        return object("apps/v1", "Deployment", spec);
    }

    private Map<String, Object> service() {
        Map<String, Object> port = new LinkedHashMap<>();
        port.put("name", PORT_NAME);
        port.put("port", values.servicePort().orElse(DEFAULT_SERVICE_PORT));
        port.put("targetPort", PORT_NAME);
        port.put("protocol", "TCP");
        Map<String, Object> spec = new LinkedHashMap<>();
        values.serviceType().ifPresent(type -> spec.put("type", type));
        spec.put("selector", selector());
        spec.put("ports", List.of(port));
        return object("v1", "Service", spec);
    }

    private Map<String, Object> object(String apiVersion, String kind, Map<String, Object> spec) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        metadata.put("namespace", request.namespace());
        metadata.put("labels", labels());
        Map<String, String> annotations = values.texts("annotations");
        if (!annotations.isEmpty()) {
            metadata.put("annotations", annotations);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("apiVersion", apiVersion);
        object.put("kind", kind);
        object.put("metadata", metadata);
        object.put("spec", spec);
        return object;
    }

    private Map<String, Object> podMetadata() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("labels", labels());
        Map<String, String> annotations = values.texts("podAnnotations");
        if (!annotations.isEmpty()) {
            metadata.put("annotations", annotations);
        }
        return metadata;
    }

    private Map<String, Object> podSpec() {
        Map<String, Object> spec = new LinkedHashMap<>();
        Optional<String> account = values.text("serviceAccountName");
        account.ifPresent(named -> spec.put("serviceAccountName", named));
        if (account.isEmpty()) {
            spec.put("automountServiceAccountToken", false);
        }
        values.imagePullSecrets().ifPresent(secrets -> spec.put("imagePullSecrets", secrets));
        Map<String, Object> profile = Map.of("seccompProfile", Map.of("type", "RuntimeDefault"));
        spec.put(
                "securityContext",
                values.map("podSecurityContext").<Object>map(own -> own).orElse(profile));
        spec.put("containers", List.of(container()));
        values.list("volumes").ifPresent(volumes -> spec.put("volumes", volumes));
        return spec;
    }

    private Map<String, Object> container() {
        Map<String, Object> container = new LinkedHashMap<>();
        container.put("name", name);
        container.put("image", values.image());
        values.imagePullPolicy().ifPresent(policy -> container.put("imagePullPolicy", policy));
        values.list("command").ifPresent(command -> container.put("command", command));
        values.list("args").ifPresent(args -> container.put("args", args));
        container.put(
                "ports",
                List.of(ordered(
                        "name", PORT_NAME, "containerPort", values.port().orElse(DEFAULT_PORT), "protocol", "TCP")));
        values.env().ifPresent(env -> container.put("env", env));
        values.list("envFrom").ifPresent(sources -> container.put("envFrom", sources));
        values.map("resources").ifPresent(resources -> container.put("resources", resources));
        probe("livenessProbe").ifPresent(probe -> container.put("livenessProbe", probe));
        probe("readinessProbe").ifPresent(probe -> container.put("readinessProbe", probe));
        values.map("startupProbe").ifPresent(probe -> container.put("startupProbe", probe));
        values.list("volumeMounts").ifPresent(mounts -> container.put("volumeMounts", mounts));
        Map<String, Object> context = Map.of("allowPrivilegeEscalation", false);
        container.put(
                "securityContext",
                values.map("securityContext").<Object>map(own -> own).orElse(context));
        return container;
    }

    /** A probe as it stands, or the HTTP check of {@code probe.path}. */
    private Optional<Object> probe(String key) {
        return values.map(key)
                .<Object>map(own -> own)
                .or(() -> values.probePath().map(path -> Map.of("httpGet", ordered("path", path, "port", PORT_NAME))));
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>(values.texts("labels"));
        labels.putAll(selector());
        labels.put(PART_OF, ShortHash.cut(request.project().value(), MAX_LABEL));
        return labels;
    }

    /** Never changed, as a Deployment's selector cannot be; the same service has the same on every stage. */
    private Map<String, String> selector() {
        Map<String, String> selector = new LinkedHashMap<>();
        selector.put(NAME, request.service().value());
        selector.put(INSTANCE, name);
        return selector;
    }

    /** A map that is the same in each run, so that what is made is too. */
    static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
