package sh.keptn.api.auth;

import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.authorization.v1.LocalSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.LocalSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import sh.keptn.api.kube.Watched;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/** {@link Reviews} by TokenReview and LocalSubjectAccessReview, a bounded number at a time. */
final class KubernetesReviews implements Reviews {
    private static final int AT_ONE_TIME = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final String namespace;
    private final List<String> audiences;
    private final Semaphore permits = new Semaphore(AT_ONE_TIME);

    /**
     * Reviews for one namespace.
     *
     * @param audiences of which a token must name one; empty: that of the Kubernetes API
     */
    KubernetesReviews(KubernetesClient client, String namespace, List<String> audiences) {
        this.client = client;
        this.namespace = namespace;
        this.audiences = List.copyOf(audiences);
    }

    @Override
    public Optional<User> user(String token) {
        TokenReview review = new TokenReviewBuilder()
                .withNewSpec()
                .withToken(token)
                .withAudiences(audiences)
                .endSpec()
                .build();
        TokenReviewStatus status =
                asking(() -> client.tokenReviews().create(review)).getStatus();
        boolean known = status != null && Boolean.TRUE.equals(status.getAuthenticated()) && status.getUser() != null;
        if (!known || !isForUs(status)) {
            return Optional.empty();
        }
        return Optional.of(new User(
                Objects.requireNonNullElse(status.getUser().getUsername(), ""),
                Objects.requireNonNullElse(status.getUser().getUid(), ""),
                Objects.requireNonNullElse(status.getUser().getGroups(), List.of()),
                Objects.requireNonNullElse(status.getUser().getExtra(), Map.of())));
    }

    /** An API server that knows nothing of audiences leaves them out of its answer. */
    private boolean isForUs(TokenReviewStatus status) {
        return audiences.isEmpty()
                || Objects.requireNonNullElse(status.getAudiences(), List.<String>of()).stream()
                        .anyMatch(audiences::contains);
    }

    @Override
    public boolean allowed(User user, Attributes attributes) {
        LocalSubjectAccessReview review = new LocalSubjectAccessReviewBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withUser(user.name())
                .withUid(user.uid())
                .withGroups(user.groups())
                .withExtra(user.extra())
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withVerb(attributes.verb())
                .withGroup(attributes.group())
                .withResource(attributes.resource())
                .withSubresource(attributes.subresource())
                .withName(attributes.name())
                .endResourceAttributes()
                .endSpec()
                .build();
        LocalSubjectAccessReview answered = asking(() -> client.authorization()
                .v1()
                .localSubjectAccessReview()
                .inNamespace(namespace)
                .create(review));
        return answered.getStatus() != null
                && Boolean.TRUE.equals(answered.getStatus().getAllowed());
    }

    private <T> T asking(Supplier<T> question) {
        try {
            if (!permits.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new KeptnException(
                        new KeptnError.Unavailable("too many Kubernetes tokens are being checked", PATIENCE));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeptnException(new KeptnError.Unavailable("the server is stopping", PATIENCE), e);
        }
        try {
            return question.get();
        } catch (KubernetesClientException e) {
            throw Watched.unavailable(e);
        } finally {
            permits.release();
        }
    }
}
