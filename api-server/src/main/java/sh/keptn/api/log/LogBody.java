package sh.keptn.api.log;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sh.keptn.api.event.ClientTime;
import sh.keptn.core.error.KeptnException;

/** Log entries as clients send them. */
record LogBody(@Nullable List<@Nullable EntryBody> logs) {
    private static final int MAX_ENTRIES = 1_000;
    private static final int MAX_NAME = 512;

    /** How Go writes a time that nobody set. */
    private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

    record EntryBody(
            @Nullable String integrationid,
            @Nullable String message,
            @Nullable String time,
            @Nullable String shkeptncontext,
            @Nullable String task,
            @Nullable String triggeredid,
            @Nullable String gitcommitid) {

        LogEntry entry(Instant now) {
            return new LogEntry(
                    name("integrationid", integrationid),
                    message == null ? "" : message,
                    time(now),
                    name("shkeptncontext", shkeptncontext),
                    name("task", task),
                    name("triggeredid", triggeredid),
                    name("gitcommitid", gitcommitid));
        }

        private Instant time(Instant now) {
            if (time == null || time.isBlank()) {
                return now;
            }
            Instant said = ClientTime.parse(time)
                    .orElseThrow(() -> KeptnException.invalid("time", "must be a date and time as in RFC 3339"));
            return said.equals(NEVER) ? now : said;
        }

        private static String name(String field, @Nullable String text) {
            if (text == null) {
                return "";
            }
            if (text.length() > MAX_NAME) {
                throw KeptnException.invalid(field, "has more than " + MAX_NAME + " characters");
            }
            return text;
        }
    }

    List<LogEntry> entries(Instant now) {
        if (logs == null || logs.isEmpty() || logs.size() > MAX_ENTRIES) {
            throw KeptnException.invalid("logs", "must be a list of from 1 to " + MAX_ENTRIES + " entries");
        }
        return logs.stream().map(entry -> entry(entry, now)).toList();
    }

    private static LogEntry entry(@Nullable EntryBody entry, Instant now) {
        if (entry == null) {
            throw KeptnException.invalid("logs", "hold null");
        }
        return entry.entry(now);
    }
}
