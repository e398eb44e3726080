package sh.keptn.operator.upstream;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import sh.keptn.operator.condition.Outcome;

/**
 * Keeps refused credentials from being tried more than once a minute, whoever asks for it, so that no host locks an
 * account. Another spec or another Secret is tried at once.
 */
public final class LoginPause {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private record Refusal(long generation, String secretVersion, Outcome outcome, Instant until) {}

    private final Clock clock;
    private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();

    public LoginPause(Clock clock) {
        this.clock = clock;
    }

    /** The answer of a minute ago, if the same question would be asked again. */
    public Optional<Outcome> recall(HasMetadata resource, String secretVersion) {
        return Optional.ofNullable(refusals.get(uid(resource)))
                .filter(refusal -> refusal.generation() == generation(resource)
                        && refusal.secretVersion().equals(secretVersion)
                        && clock.instant().isBefore(refusal.until()))
                .map(Refusal::outcome);
    }

    /** Keeps the answer that refused this resource's credentials. */
    public void remember(HasMetadata resource, String secretVersion, Outcome outcome) {
        refusals.put(
                uid(resource),
                new Refusal(
                        generation(resource),
                        secretVersion,
                        outcome,
                        clock.instant().plus(PAUSE)));
    }

    /** Drops what is known of a resource that is gone. */
    public void forget(String uid) {
        refusals.remove(uid);
    }

    private static String uid(HasMetadata resource) {
        return resource.getMetadata().getUid();
    }

    private static long generation(HasMetadata resource) {
        return Optional.ofNullable(resource.getMetadata().getGeneration()).orElse(0L);
    }
}
