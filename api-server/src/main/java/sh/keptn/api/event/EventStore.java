package sh.keptn.api.event;

import java.time.Instant;
import sh.keptn.core.model.ProjectName;

/**
 * Where events are kept. Every operation throws a KeptnException with {@code Unavailable} when the store does not
 * answer within seconds.
 */
public interface EventStore extends EventLog, EventQueries {

    /** Forgets the project's events that are older than the moment; the events of its own end are kept. */
    void forget(ProjectName project, Instant olderThan);

    /** Whether the store answers now. */
    boolean isReachable();
}
