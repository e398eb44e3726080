package sh.keptn.api.event;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * One pass over the events in the order of their numbers: each once, none left out. At a number whose event may still
 * appear it stops until the event is there or can no longer come.
 */
public final class Walk {
    private final EventTail tail;
    private final Horizon horizon;
    private long position;

    /** @param after the number of the last event that has been seen */
    public Walk(EventTail tail, Horizon horizon, long after) {
        this.tail = tail;
        this.horizon = horizon;
        this.position = after;
    }

    /** Everything up to this number has been seen, or is not there. */
    public long position() {
        return position;
    }

    /** The next events, with nothing of theirs left out; none if there is nothing new. */
    public List<EventTail.Numbered> next(int limit) {
        return next(limit, tail::numbered, EventTail.Numbered::number);
    }

    /** The same by their marks. */
    public List<EventTail.Mark> nextMarks(int limit) {
        return next(limit, tail::marks, EventTail.Mark::number);
    }

    private <T> List<T> next(int limit, Range<T> range, ToLongFunction<T> number) {
        long last = Math.min(horizon.head(), position + limit);
        if (last <= position) {
            return List.of();
        }
        long settled = horizon.settled();
        List<T> seen = new ArrayList<>();
        for (T one : range.of(position + 1, last)) {
            long gapEnd = number.applyAsLong(one) - 1;
            if (gapEnd > position && gapEnd > settled) {
                return seen;
            }
            seen.add(one);
            position = number.applyAsLong(one);
        }
        position = Math.max(position, Math.min(last, settled));
        return seen;
    }

    @FunctionalInterface
    private interface Range<T> {
        List<T> of(long first, long last);
    }
}
