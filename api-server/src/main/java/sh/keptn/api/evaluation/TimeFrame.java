package sh.keptn.api.evaluation;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sh.keptn.api.http.Refusal;
import sh.keptn.core.error.KeptnException;

/** From when to when an evaluation looks: at least a minute. */
record TimeFrame(Instant start, Instant end) {
    private static final Duration DEFAULT = Duration.ofMinutes(5);
    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final int BAD_REQUEST = 400;

    /** Milliseconds and Z, RFC 3339, or seconds without a zone, which are UTC. */
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)?");

    TimeFrame {
        if (Duration.between(start, end).compareTo(LEAST) < 0) {
            throw odd("the end must be at least one minute after the start");
        }
    }

    /**
     * The frame that a client means: a start with an end or a length, a length that ends now, or the last five minutes.
     *
     * @throws KeptnException {@code Invalid} for a combination that means nothing
     * @throws Refusal 400 without a code for times and lengths that are none
     */
    static TimeFrame of(@Nullable String start, @Nullable String end, @Nullable String timeframe, Instant now) {
        boolean hasStart = start != null && !start.isEmpty();
        boolean hasEnd = end != null && !end.isEmpty();
        boolean hasLength = timeframe != null && !timeframe.isEmpty();
        if (hasLength && hasEnd) {
            throw KeptnException.invalid("timeframe", "cannot stand together with end");
        }
        if (hasStart && !hasLength && !hasEnd) {
            throw KeptnException.invalid("start", "needs a timeframe or an end");
        }
        if (hasEnd && !hasStart) {
            throw KeptnException.invalid("end", "needs a start");
        }
        Duration length = hasLength && timeframe != null ? length(timeframe) : DEFAULT;
        try {
            Instant from = hasStart && start != null ? time("start", start) : now.minus(length);
            return new TimeFrame(from, hasEnd && end != null ? time("end", end) : from.plus(length));
        } catch (DateTimeException | ArithmeticException tooFar) {
            throw odd("the time frame is out of range");
        }
    }

    private static Duration length(String text) {
        return GoDuration.parse(text)
                .orElseThrow(() -> odd("timeframe: must be a length of time such as 5m, 90s or 1h30m"));
    }

    private static Instant time(String name, String text) {
        return parse(text).orElseThrow(() -> odd(name + ": must be a time such as 2026-11-23T17:00:00.000Z"));
    }

    private static Optional<Instant> parse(String text) {
        if (!TIME.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            TemporalAccessor parsed =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(
                    parsed instanceof OffsetDateTime withOffset
                            ? withOffset.toInstant()
                            : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    /** Keptn's code for a bad time frame is 0, which it leaves out. */
    private static Refusal odd(String message) {
        return new Refusal(BAD_REQUEST, 0, message);
    }
}
