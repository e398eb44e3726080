package sh.keptn.api.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** A time as clients write it: ISO 8601, with an offset or else in UTC, of any year. */
final class ClientTime {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ISO_DATE_TIME;

    private ClientTime() {}

    static Optional<Instant> parse(String text) {
        // A plus that was not encoded in a query has become a blank.
        String iso = text.strip().replace(' ', '+');
        try {
            TemporalAccessor parsed = FORMAT.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(
                    parsed instanceof OffsetDateTime withOffset
                            ? withOffset.toInstant()
                            : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }
}
