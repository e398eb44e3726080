package sh.keptn.operator.apply;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which kinds the API server serves, and whether they live in namespaces. What was found is kept; what is missing is
 * asked for again after a few seconds, so that a definition that is installed later counts without a restart.
 */
final class Kinds {
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration MISSED = Duration.ofSeconds(5);
    private static final int MOST = 500;

    private final KubernetesClient client;
    private final Cache<String, Map<String, ApiKind>> found =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();
    private final Cache<String, Boolean> missing =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(MISSED).build();

    Kinds(KubernetesClient client) {
        this.client = client;
    }

    /** The kind, unless the API server does not know it. */
    Optional<ApiKind> find(String apiVersion, String kind) {
        ApiKind known = found.get(apiVersion, this::ask).get(kind);
        if (known != null) {
            return Optional.of(known);
        }
        String miss = apiVersion + "#" + kind;
        if (missing.getIfPresent(miss) != null) {
            return Optional.empty();
        }
        found.invalidate(apiVersion);
        Optional<ApiKind> now =
                Optional.ofNullable(found.get(apiVersion, this::ask).get(kind));
        if (now.isEmpty()) {
            missing.put(miss, Boolean.TRUE);
        }
        return now;
    }

    private Map<String, ApiKind> ask(String apiVersion) {
        APIResourceList served = client.getApiResources(apiVersion);
        if (served == null) {
            return Map.of();
        }
        return served.getResources().stream()
                .filter(resource -> resource.getName().indexOf('/') < 0)
                .map(resource -> ApiKind.of(apiVersion, resource))
                .collect(Collectors.toUnmodifiableMap(ApiKind::kind, Function.identity(), (first, second) -> first));
    }
}
