package sh.keptn.api.event;

/** Finds events. */
public interface EventQueries {
    EventPage find(EventQuery query);
}
