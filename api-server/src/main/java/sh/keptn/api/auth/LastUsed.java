package sh.keptn.api.auth;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.api.kube.Cluster;
import sh.keptn.crds.Annotations;

/**
 * Writes on a token's Secret when it was used last, so that one that nobody needs any more is seen. At most once an hour,
 * over restarts and replicas, beside the request and never in its way.
 */
final class LastUsed {
    private static final Logger log = LoggerFactory.getLogger(LastUsed.class);
    private static final Duration APART = Duration.ofHours(1);
    private static final int FORGET_ABOVE = 10_000;

    private final Cluster cluster;
    private final Clock clock;
    private final Map<String, Instant> noted = new ConcurrentHashMap<>();

    LastUsed(Cluster cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    void note(String token) {
        Instant now = clock.instant();
        Instant before = noted.getOrDefault(token, Instant.EPOCH);
        if (now.isBefore(before.plus(APART))) {
            return;
        }
        if (noted.size() > FORGET_ABOVE) {
            noted.clear();
        }
        noted.put(token, now);
        if (written(token).filter(last -> now.isBefore(last.plus(APART))).isEmpty()) {
            Thread.ofVirtual().name("last-used").start(() -> write(token, now));
        }
    }

    private Optional<Instant> written(String token) {
        try {
            return cluster.secrets()
                    .cached(token)
                    .flatMap(secret -> Optional.ofNullable(secret.getMetadata().getAnnotations()))
                    .flatMap(annotations -> Optional.ofNullable(annotations.get(Annotations.LAST_USED)))
                    .map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private void write(String token, Instant now) {
        try {
            cluster.client()
                    .secrets()
                    .inNamespace(cluster.namespace())
                    .withName(token)
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"metadata\":{\"annotations\":{\"" + Annotations.LAST_USED + "\":\""
                                    + now.truncatedTo(ChronoUnit.SECONDS) + "\"}}}");
        } catch (KubernetesClientException e) {
            log.atWarn().addKeyValue("token", token).setCause(e).log("the last use of a token was not written");
        }
    }
}
