package sh.keptn.operator.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import sh.keptn.crds.FieldManagers;

/**
 * Changes annotations of our own resources, and nothing else of them. A change is made from what stands there live and
 * refused by the API server if somebody was faster; then it is made again. Merge patches, as a server-side apply by our
 * field manager that left the finalizer out would take it away.
 */
public final class Annotated {
    private static final int ATTEMPTS = 10;
    private static final JsonMapper JSON = new JsonMapper();
    private static final PatchContext MERGE = new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(FieldManagers.OPERATOR)
            .build();

    private final KubernetesClient client;

    public Annotated(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Sets annotations by what stands there now; an empty value takes one away. A resource that is gone is left alone.
     *
     * @param change from the live resource to the annotations that should change
     */
    public <T extends HasMetadata> void change(
            Class<T> kind, String namespace, String name, Function<T, Map<String, Optional<String>>> change) {
        for (int attempt = 1; ; attempt++) {
            var resource = client.resources(kind).inNamespace(namespace).withName(name);
            T live = resource.get();
            if (live == null) {
                return;
            }
            Map<String, Optional<String>> wanted = change.apply(live);
            boolean same = wanted.entrySet().stream()
                    .allMatch(entry -> NameList.value(live, entry.getKey()).equals(entry.getValue()));
            if (same) {
                return;
            }
            try {
                resource.patch(MERGE, patch(live.getMetadata().getResourceVersion(), wanted));
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                    return;
                }
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static String patch(String resourceVersion, Map<String, Optional<String>> wanted) {
        ObjectNode metadata = JSON.createObjectNode().put("resourceVersion", resourceVersion);
        ObjectNode annotations = metadata.putObject("annotations");
        wanted.forEach((key, value) ->
                value.ifPresentOrElse(text -> annotations.put(key, text), () -> annotations.putNull(key)));
        try {
            return JSON.writeValueAsString(JSON.createObjectNode().set("metadata", metadata));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts is always JSON", e);
        }
    }
}
