package sh.keptn.api.event.tally;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.api.event.EventTail;
import sh.keptn.api.event.EventTail.Mark;
import sh.keptn.api.event.Horizon;
import sh.keptn.api.event.Walk;
import sh.keptn.core.error.KeptnException;

/**
 * Counts events as they come. The store remembers how far it is, so that a restart goes on there, and what two replicas
 * count at one time is counted once.
 */
public final class Tallies implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Tallies.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration SWEEP = Duration.ofHours(1);
    private static final int AT_ONCE = 500;

    /** So many parts are counted before a question is answered; the rest is counted in the background. */
    private static final int PARTS_FOR_AN_ANSWER = 20;

    private final EventTail tail;
    private final Horizon horizon;
    private final TallyStore store;
    private final Optional<Duration> retention;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread thread;

    /** Only the thread asks. */
    private Instant swept = Instant.EPOCH;

    private Tallies(EventTail tail, Horizon horizon, TallyStore store, Optional<Duration> retention, Clock clock) {
        this.tail = tail;
        this.horizon = horizon;
        this.store = store;
        this.retention = retention;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("tallies").unstarted(this::run);
    }

    /**
     * Counts only when it is asked.
     *
     * @param retention how old tallies become; empty: they are kept
     */
    public static Tallies over(
            EventTail tail, Horizon horizon, TallyStore store, Optional<Duration> retention, Clock clock) {
        return new Tallies(tail, horizon, store, retention, clock);
    }

    /** Begins to count in the background as well. */
    public Tallies start() {
        thread.start();
        return this;
    }

    /** What was counted in the half hours that overlap the time, up to the events of this moment. */
    public List<Tally> between(Instant from, Instant to) {
        horizon.forgetHead();
        count(PARTS_FOR_AN_ANSWER);
        return store.between(Tally.bucket(from), to);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    /** Counts what has not been counted yet, at most so many parts of it; whether something may be left. */
    boolean count(int parts) {
        lock.lock();
        try {
            Walk walk = new Walk(tail, horizon, store.position());
            for (int part = 0; part < parts; part++) {
                long before = walk.position();
                add(walk.nextMarks(AT_ONCE));
                if (walk.position() == before) {
                    return false;
                }
                store.advance(walk.position());
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void add(List<Mark> marks) {
        Map<Instant, Map<String, List<Mark>>> sorted = marks.stream()
                .filter(Tally::counts)
                .collect(Collectors.groupingBy(
                        mark -> Tally.bucket(mark.time()),
                        Collectors.groupingBy(mark -> mark.project().orElse(""))));
        sorted.forEach((bucket, projects) -> projects.forEach((project, of) -> store.add(bucket, project, of)));
    }

    private void run() {
        try {
            while (true) {
                TimeUnit.NANOSECONDS.sleep(turn() ? 0 : INTERVAL.toNanos());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean turn() throws InterruptedException {
        try {
            sweep();
            return count(PARTS_FOR_AN_ANSWER);
        } catch (KeptnException notNow) {
            if (Thread.interrupted()) {
                throw new InterruptedException("closed in the middle of a call");
            }
            log.atDebug().setCause(notNow).log("events are not counted yet");
            return false;
        }
    }

    private void sweep() {
        if (retention.isEmpty() || swept.plus(SWEEP).isAfter(clock.instant())) {
            return;
        }
        store.forget(clock.instant().minus(retention.get()));
        swept = clock.instant();
    }
}
