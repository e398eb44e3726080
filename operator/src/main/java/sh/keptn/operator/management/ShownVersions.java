package sh.keptn.operator.management;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The resource versions of one kind as the API server shows them: metadata alone, and a page at a time, so that a look
 * costs the same however many resources there are and whatever their statuses hold.
 */
public final class ShownVersions implements SilenceWatch.Shown {
    private static final int PAGE = 500;
    private static final long DEADLINE_SECONDS = 30;
    private static final String LIST = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
    private static final String ONE = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    private static final JsonMapper JSON = new JsonMapper();

    private final KubernetesClient client;
    private final String collection;
    private final int page;
    private String next = "";

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Page(Place metadata, @Nullable List<Item> items) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Place(@JsonProperty("continue") @Nullable String next) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Item(Metadata metadata) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Metadata(String name, String resourceVersion) {}

    public ShownVersions(KubernetesClient client, Class<? extends HasMetadata> kind, String namespace) {
        this(client, kind, namespace, PAGE);
    }

    ShownVersions(KubernetesClient client, Class<? extends HasMetadata> kind, String namespace, int page) {
        this.client = client;
        this.page = page;
        this.collection = client.getMasterUrl().toString().replaceFirst("/$", "") + "/apis/"
                + HasMetadata.getGroup(kind) + "/" + HasMetadata.getVersion(kind) + "/namespaces/" + namespace + "/"
                + HasMetadata.getPlural(kind);
    }

    @Override
    public Map<String, Long> page() {
        String from = next.isEmpty() ? "" : "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        next = "";
        HttpResponse<byte[]> answer = get(collection + "?limit=" + page + from, LIST);
        if (answer.code() == HttpURLConnection.HTTP_GONE) {
            // The page's place is forgotten by now: from the start again, at the next look.
            return Map.of();
        }
        Page read = read(answer, Page.class);
        next = Optional.ofNullable(read.metadata().next()).orElse("");
        Map<String, Long> versions = new HashMap<>();
        Optional.ofNullable(read.items())
                .orElse(List.of())
                .forEach(item -> versions.put(item.metadata().name(), version(item)));
        return versions;
    }

    @Override
    public Optional<Long> version(String name) {
        HttpResponse<byte[]> answer = get(collection + "/" + name, ONE);
        return answer.code() == HttpURLConnection.HTTP_NOT_FOUND
                ? Optional.empty()
                : Optional.of(version(read(answer, Item.class)));
    }

    private HttpResponse<byte[]> get(String uri, String form) {
        HttpRequest request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(uri)
                .header("Accept", form)
                .build();
        try {
            return client.getHttpClient().sendAsync(request, byte[].class).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KubernetesClientException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new KubernetesClientException("no answer to " + uri, e);
        }
    }

    private static <T> T read(HttpResponse<byte[]> answer, Class<T> type) {
        if (!answer.isSuccessful()) {
            throw new KubernetesClientException("the API server answers " + answer.code());
        }
        try {
            return JSON.readValue(answer.body(), type);
        } catch (IOException e) {
            throw new KubernetesClientException("the API server's answer cannot be read", e);
        }
    }

    private static long version(Item item) {
        return Long.parseLong(item.metadata().resourceVersion());
    }
}
