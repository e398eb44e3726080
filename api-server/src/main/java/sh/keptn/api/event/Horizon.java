package sh.keptn.api.event;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How far the numbers of events go, and up to which of them nothing can appear any more. One for all who follow the
 * events in a process, so that however many they are the store is asked a few times a second.
 */
public final class Horizon {
    /** Longer than any attempt to keep an event, with the time-outs of the store and its one repetition. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration FRESH = Duration.ofMillis(200);

    private record Sight(long head, Instant at) {}

    private final EventTail tail;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Sight> sights = new ArrayDeque<>();
    private Instant looked = Instant.MIN;
    private long head;
    private long settled;

    public Horizon(EventTail tail, Clock clock) {
        this.tail = tail;
        this.clock = clock;
    }

    /** The last number, not older than a fraction of a second. */
    public long head() {
        lock.lock();
        try {
            Instant now = clock.instant();
            if (looked.isBefore(now.minus(FRESH)) || looked.isAfter(now)) {
                head = tail.head();
                looked = now;
                if (sights.isEmpty() || sights.getLast().at().isBefore(now.minusSeconds(1))) {
                    sights.add(new Sight(head, now));
                }
            }
            while (!sights.isEmpty() && !sights.getFirst().at().isAfter(now.minus(PATIENCE))) {
                settled = Math.max(settled, sights.removeFirst().head());
            }
            return head;
        } finally {
            lock.unlock();
        }
    }

    /** Up to this number a missing event stays missing. */
    long settled() {
        lock.lock();
        try {
            return settled;
        } finally {
            lock.unlock();
        }
    }
}
