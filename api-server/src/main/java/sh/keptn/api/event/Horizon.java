package sh.keptn.api.event;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import sh.keptn.core.error.KeptnException;

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
    private Optional<KeptnException> failure = Optional.empty();
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
                look();
                if (sights.isEmpty() || sights.getLast().at().isBefore(now.minusSeconds(1))) {
                    sights.add(new Sight(head, now));
                }
            }
            if (failure.isPresent()) {
                throw failure.get();
            }
            while (!sights.isEmpty() && !sights.getFirst().at().isAfter(now.minus(PATIENCE))) {
                settled = Math.max(settled, sights.removeFirst().head());
            }
            return head;
        } finally {
            lock.unlock();
        }
    }

    /** Makes the next look a fresh one, for those who must see what was kept just now. */
    public void forgetHead() {
        lock.lock();
        try {
            looked = Instant.MIN;
        } finally {
            lock.unlock();
        }
    }

    /** A store that does not answer is asked by one at a time; the others hear the same soon after. */
    private void look() {
        try {
            head = tail.head();
            failure = Optional.empty();
        } catch (KeptnException e) {
            failure = Optional.of(e);
        } finally {
            looked = clock.instant();
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
