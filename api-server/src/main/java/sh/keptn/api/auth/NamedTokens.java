package sh.keptn.api.auth;

import io.fabric8.kubernetes.api.model.Secret;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import sh.keptn.api.kube.Cluster;
import sh.keptn.api.kube.Watched;
import sh.keptn.crds.Labels;

/** The named tokens in the Secrets of the namespace that carry {@link Labels#API_TOKEN}; followed by the watch. */
public final class NamedTokens {
    private final Watched<Secret> secrets;
    private final Clock clock;
    private final LastUsed lastUsed;
    private final AtomicLong changes = new AtomicLong();
    private final AtomicReference<Seen> seen = new AtomicReference<>(new Seen(-1, List.of()));

    /** The tokens as they were after so many changes of Secrets. */
    private record Seen(long changes, List<NamedToken> tokens) {}

    public NamedTokens(Cluster cluster, Clock clock) {
        this.secrets = cluster.secrets();
        this.clock = clock;
        this.lastUsed = new LastUsed(cluster, clock);
        secrets.follow(new Watched.Follower<>() {
            @Override
            public void changed() {
                changes.incrementAndGet();
            }

            @Override
            public void gone(Secret last) {
                changes.incrementAndGet();
            }
        });
    }

    /** The token of that value. All are looked at, whichever fits. */
    Optional<NamedToken> find(Digest given) {
        Instant now = clock.instant();
        Optional<NamedToken> found = Optional.empty();
        for (NamedToken token : tokens()) {
            if (token.hasValue(given) && !token.isExpired(now)) {
                found = Optional.of(token);
            }
        }
        found.ifPresent(token -> lastUsed.note(token.name()));
        return found;
    }

    private List<NamedToken> tokens() {
        // Before the Secrets are read: a change that comes while they are makes them be read again.
        long now = changes.get();
        Seen last = seen.get();
        if (last.changes() == now) {
            return last.tokens();
        }
        List<NamedToken> read = secrets.list().stream()
                .filter(NamedTokens::isToken)
                .map(NamedToken::of)
                .toList();
        seen.set(new Seen(now, read));
        return read;
    }

    private static boolean isToken(Secret secret) {
        Map<String, String> labels = secret.getMetadata().getLabels();
        return labels != null && "true".equals(labels.get(Labels.API_TOKEN));
    }
}
