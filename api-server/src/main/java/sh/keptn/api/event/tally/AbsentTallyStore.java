package sh.keptn.api.event.tally;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import sh.keptn.api.event.EventTail.Mark;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/** Stands where no event store is configured: statistics are answered 503. */
public final class AbsentTallyStore implements TallyStore {
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    @Override
    public long position() {
        throw absent();
    }

    @Override
    public void advance(long position) {
        throw absent();
    }

    @Override
    public void add(Instant bucket, String project, List<Mark> marks) {
        throw absent();
    }

    @Override
    public List<Tally> between(Instant first, Instant last) {
        throw absent();
    }

    @Override
    public void forget(Instant olderThan) {
        throw absent();
    }

    private static KeptnException absent() {
        return new KeptnException(
                new KeptnError.Unavailable("no event store is configured: MONGODB_URI is not set", RETRY_AFTER));
    }
}
