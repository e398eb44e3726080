package sh.keptn.api.event;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import sh.keptn.api.event.EventQuery.Start;

/**
 * Which open triggered events, newest first.
 *
 * @param type in full: there are no wildcards
 * @param where the id, project, stage or service must be this one
 * @param now later ones are not due yet
 */
public record OpenQuery(String type, Map<EventField, String> where, Instant now, Start start, int limit) {
    public static final int MAX_LIMIT = 100;
    private static final Set<EventField> FIELDS =
            Set.of(EventField.ID, EventField.PROJECT, EventField.STAGE, EventField.SERVICE);

    public OpenQuery {
        Map<EventField, String> copy = new EnumMap<>(EventField.class);
        copy.putAll(where);
        where = Map.copyOf(copy);
        if (!FIELDS.containsAll(where.keySet())) {
            throw new IllegalArgumentException("open events are found by " + FIELDS);
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit is from 1 to " + MAX_LIMIT);
        }
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
    public OpenQuery from(PageKey key) {
        return new OpenQuery(type, where, now, new Start.After(key), limit);
    }
}
