package sh.keptn.api.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.ProjectName;

/** Stands where no event store is configured: everything else of the server works, events are answered 503. */
public final class AbsentEventStore implements EventStore {
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    @Override
    public Appended append(KeptnEvent event, Optional<Repeat> repeat) {
        throw absent();
    }

    @Override
    public EventPage find(EventQuery query) {
        throw absent();
    }

    @Override
    public void forget(ProjectName project, Instant olderThan) {
        throw absent();
    }

    @Override
    public boolean isReachable() {
        return false;
    }

    private static KeptnException absent() {
        return new KeptnException(
                new KeptnError.Unavailable("no event store is configured: MONGODB_URI is not set", RETRY_AFTER));
    }
}
