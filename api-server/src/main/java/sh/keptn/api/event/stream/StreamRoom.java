package sh.keptn.api.event.stream;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import sh.keptn.api.event.EventTail;
import sh.keptn.api.event.Horizon;
import sh.keptn.api.event.Walk;
import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Need;
import sh.keptn.api.http.Permission;
import sh.keptn.api.http.Request;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.ProjectName;

/**
 * Events as they come, as server-sent events.
 *
 * <pre>
 * curl -N -H "x-token: $KEPTN_API_TOKEN" "$KEPTN_ENDPOINT/v1/event/stream?project=podtato-head"
 * </pre>
 */
public final class StreamRoom implements Room, AutoCloseable {
    private static final String LAST_SEEN = "Last-Event-ID";
    private static final Duration SLOWEST_WRITE = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final int MAX_DIGITS = 18;

    private final EventTail tail;
    private final Horizon horizon;
    private final Clock clock;
    private final Semaphore places;
    private final SlowReaders slow;
    private final CountDownLatch closing = new CountDownLatch(1);

    /** @param most how many streams at one time */
    public StreamRoom(EventTail tail, Horizon horizon, int most, Clock clock) {
        this(tail, horizon, most, SLOWEST_WRITE, clock);
    }

    StreamRoom(EventTail tail, Horizon horizon, int most, Duration slowest, Clock clock) {
        this.slow = new SlowReaders(slowest);
        this.tail = tail;
        this.horizon = horizon;
        this.clock = clock;
        this.places = new Semaphore(most);
    }

    @Override
    public void routes(Routes routes) {
        routes.add("GET", "/api/v1/event/stream", Need.ofHandler(Permission.EVENTS_READ), this::stream);
    }

    private Answer stream(Request request) {
        request.query()
                .text("project")
                .filter(ProjectName::isValid)
                .map(ProjectName::new)
                .ifPresentOrElse(request::require, request::requireOnAll);
        StreamFilter filter = StreamFilter.of(request.query());
        long head = horizon.head();
        long after = lastSeen(request).orElse(head);
        if (after > head) {
            throw KeptnException.invalid(LAST_SEEN, "is none of this server's; leave it out to begin now");
        }
        if (!places.tryAcquire()) {
            throw new KeptnException(new KeptnError.Unavailable("too many streams at one time", RETRY_AFTER));
        }
        Walk walk = new Walk(tail, horizon, after);
        return Answer.stream("text/event-stream", new EventStream(walk, filter, slow, closing, clock, places::release))
                .with("X-Accel-Buffering", "no");
    }

    private static Optional<Long> lastSeen(Request request) {
        return request.header(LAST_SEEN).filter(text -> !text.isEmpty()).map(text -> {
            if (text.length() > MAX_DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw KeptnException.invalid(LAST_SEEN, "must be the id of a message of this stream");
            }
            return Long.parseLong(text);
        });
    }

    /** Ends every stream after the message that it is at; comes before the server stops. */
    public void end() {
        closing.countDown();
    }

    /** Comes when no stream is left. */
    @Override
    public void close() {
        end();
        slow.close();
    }
}
