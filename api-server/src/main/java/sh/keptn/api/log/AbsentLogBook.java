package sh.keptn.api.log;

import java.time.Duration;
import java.util.List;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/** Stands where no store is configured: logs are answered 503. */
public final class AbsentLogBook implements LogBook {
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    @Override
    public void append(List<LogEntry> entries) {
        throw absent();
    }

    @Override
    public Page find(Wanted wanted) {
        throw absent();
    }

    private static KeptnException absent() {
        return new KeptnException(
                new KeptnError.Unavailable("no event store is configured: MONGODB_URI is not set", RETRY_AFTER));
    }
}
