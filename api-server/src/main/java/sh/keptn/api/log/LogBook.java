package sh.keptn.api.log;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where log entries are kept, for a time that is counted from when they came in. Every operation throws a KeptnException
 * with {@code Unavailable} when the store does not answer.
 */
public interface LogBook {

    /**
     * Which entries, newest first.
     *
     * @param from not before this
     * @param until not after this
     * @param skip so many are passed over
     */
    record Wanted(Optional<String> integration, Optional<Instant> from, Optional<Instant> until, int skip, int limit) {}

    /**
     * Some entries.
     *
     * @param total how many fit in all
     */
    record Page(List<LogEntry> entries, long total) {
        public Page {
            entries = List.copyOf(entries);
        }
    }

    void append(List<LogEntry> entries);

    Page find(Wanted wanted);
}
