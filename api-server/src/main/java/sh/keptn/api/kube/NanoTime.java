package sh.keptn.api.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.Optional;

/** Keptn writes a creation date as the decimal text of nanoseconds since 1970. */
public final class NanoTime {
    private static final long NANOS = 1_000_000_000L;

    private NanoTime() {}

    /** When the resource was made. */
    public static String of(HasMetadata resource) {
        Instant created = Optional.ofNullable(resource.getMetadata().getCreationTimestamp())
                .map(Instant::parse)
                .orElse(Instant.EPOCH);
        return Long.toString(created.getEpochSecond() * NANOS + created.getNano());
    }
}
