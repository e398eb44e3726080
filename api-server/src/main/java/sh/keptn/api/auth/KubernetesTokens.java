package sh.keptn.api.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import sh.keptn.api.auth.Reviews.Attributes;
import sh.keptn.api.auth.Reviews.User;

/**
 * Tokens of the cluster itself: Kubernetes says whose they are, and RBAC what they may do. Both answers hold for some
 * seconds, so that a token that was withdrawn is out soon; no answer is never a yes.
 */
public final class KubernetesTokens {
    private static final Duration HOLDS = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long MOST = 10_000;
    private static final int LONGEST = 12 * 1024;

    private final Reviews reviews;
    private final Cache<String, Optional<User>> users = cache();
    private final Cache<Question, Boolean> answers = cache();

    private record Question(User user, Attributes attributes) {}

    /**
     * Tokens that Kubernetes knows, for one namespace.
     *
     * @param audiences of which a token must name one; empty: that of the Kubernetes API
     */
    public KubernetesTokens(KubernetesClient client, String namespace, List<String> audiences) {
        this(new KubernetesReviews(hasty(client), namespace, audiences));
    }

    KubernetesTokens(Reviews reviews) {
        this.reviews = reviews;
    }

    /** The same client, which gives up soon: whoever comes while Kubernetes is silent is to hear so. */
    private static KubernetesClient hasty(KubernetesClient client) {
        return client.newClient(new RequestConfigBuilder()
                        .withRequestTimeout((int) PATIENCE.toMillis())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .adapt(KubernetesClient.class);
    }

    /** Whose token it is; empty if it is nobody's. */
    Optional<KubernetesCaller> find(String token, Digest digest) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        // An exception is not kept: the next request asks again.
        Optional<User> user = users.get(digest.hex(), _ -> reviews.user(token));
        return user == null ? Optional.empty() : user.map(known -> new KubernetesCaller(known, this::allowed));
    }

    private boolean allowed(User user, Attributes attributes) {
        return Boolean.TRUE.equals(answers.get(
                new Question(user, attributes), question -> reviews.allowed(question.user(), question.attributes())));
    }

    private static <K, V> Cache<K, V> cache() {
        return Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(HOLDS).build();
    }
}
