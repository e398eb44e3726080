package sh.keptn.api.event;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which events, newest first.
 *
 * @param where every field holds one of its texts
 * @param after only events later than this, by the time that clients see (milliseconds)
 * @param before only events earlier than this
 */
public record EventQuery(
        Map<EventField, List<String>> where,
        @Nullable Instant after,
        @Nullable Instant before,
        Among among,
        Start start,
        int limit) {
    public static final int MAX_LIMIT = 100;

    public EventQuery {
        Map<EventField, List<String>> copy = new EnumMap<>(EventField.class);
        where.forEach((field, texts) -> copy.put(field, List.copyOf(texts)));
        where = Map.copyOf(copy);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit is from 1 to " + MAX_LIMIT);
        }
    }

    /** Which of the events that fit are meant. */
    public enum Among {
        ALL,
        /** Only the first event of each context. */
        ROOTS,
        /** Only events of no project. */
        OF_NO_PROJECT,
        /** Only the first event of each context that is of no project. */
        ROOTS_OF_NO_PROJECT,
        /** Without those that an {@code .invalidated} event with the same triggeredid took back. */
        NOT_INVALIDATED
    }

    /** Where a page begins. */
    public sealed interface Start {
        /** With the newest event. */
        record Newest() implements Start {}

        /** After the last event of another page: what is added or removed meanwhile shifts nothing. */
        record After(PageKey last) implements Start {}

        /** After so many events, counted now: Keptn's own paging, kept for clients that count. */
        record Skipping(int events) implements Start {}
    }

    /** The first page of all events with these texts. */
    public static EventQuery of(Map<EventField, List<String>> where, int limit) {
        return new EventQuery(where, null, null, Among.ALL, new Start.Newest(), limit);
    }

    /** How many events the client has walked over before this page. */
    public long walked() {
        return switch (start) {
            case Start.Newest() -> 0;
            case Start.After(PageKey last) -> last.walked();
            case Start.Skipping(int events) -> events;
        };
    }

    /** The same query from another point on. */
    public EventQuery from(PageKey key) {
        return new EventQuery(where, after, before, among, new Start.After(key), limit);
    }

    public Optional<Instant> laterThan() {
        return Optional.ofNullable(after);
    }

    public Optional<Instant> earlierThan() {
        return Optional.ofNullable(before);
    }
}
