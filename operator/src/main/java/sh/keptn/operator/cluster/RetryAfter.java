package sh.keptn.operator.cluster;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Gives an API server that answers 429 the time it asks for. The client reads {@code Retry-After}, but goes by its own,
 * shorter pauses all the same; so the answer is handed on to it only once that time has passed.
 */
public final class RetryAfter implements Interceptor {
    private static final int TOO_MANY_REQUESTS = 429;

    /** Less than a request may take as a whole; the API server asks for 8 seconds at most. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    @Override
    public CompletableFuture<Boolean> afterFailure(BasicBuilder request, HttpResponse<?> response, RequestTags tags) {
        long pause = response.code() == TOO_MANY_REQUESTS
                ? Optional.ofNullable(response.header("Retry-After"))
                        .map(RetryAfter::seconds)
                        .orElse(0L)
                : 0;
        return pause == 0
                ? CompletableFuture.completedFuture(false)
                : CompletableFuture.supplyAsync(
                        () -> false, CompletableFuture.delayedExecutor(pause, TimeUnit.SECONDS));
    }

    /** Kubernetes only ever names seconds. */
    private static long seconds(String text) {
        try {
            return Math.clamp(Long.parseLong(text.strip()), 0, LONGEST.toSeconds());
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
