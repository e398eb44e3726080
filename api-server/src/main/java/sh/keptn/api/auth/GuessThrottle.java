package sh.keptn.api.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A bucket of guesses for each address, refilled slowly. Remembers a bounded number of addresses; one that was forgotten
 * starts with a full bucket.
 */
public final class GuessThrottle {
    private static final long MAX_ADDRESSES = 10_000;

    private final double perSecond;
    private final int burst;
    private final Clock clock;
    private final Cache<String, Bucket> buckets;

    public GuessThrottle(double perSecond, int burst, Clock clock) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.clock = clock;
        this.buckets = Caffeine.newBuilder().maximumSize(MAX_ADDRESSES).build();
    }

    private record Bucket(double left, Instant at) {}

    /** Counts a wrong token; if the address has had too many, how long until it may try again. */
    Optional<Duration> guess(String address) {
        Instant now = clock.instant();
        boolean[] granted = {false};
        Bucket bucket = buckets.asMap().compute(address, (_, before) -> {
            double left = before == null ? burst : refilled(before, now);
            granted[0] = left >= 1;
            return new Bucket(granted[0] ? left - 1 : left, now);
        });
        if (granted[0] || bucket == null) {
            return Optional.empty();
        }
        double missing = 1 - bucket.left();
        return Optional.of(Duration.ofMillis((long) Math.ceil(missing / perSecond * 1000)));
    }

    private double refilled(Bucket bucket, Instant now) {
        double seconds = Math.max(0, Duration.between(bucket.at(), now).toMillis() / 1000.0);
        return Math.min(burst, bucket.left() + seconds * perSecond);
    }

    long addresses() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }
}
