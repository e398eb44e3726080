package sh.keptn.api.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The events in the order in which they were kept. Each has a number, given once in the store, whatever the number of
 * replicas. Numbers are given before events are kept, so that one may appear a little later than the next.
 */
public interface EventTail {

    /** An event with its number. */
    record Numbered(long number, KeptnEvent event) {}

    /** What is counted of an event, without its content. */
    record Mark(
            long number,
            Instant time,
            String type,
            Optional<String> source,
            Optional<String> project,
            Optional<String> service) {}

    /** The last number that was given; 0 before the first. */
    long head();

    /** Those events with the numbers from first to last that are there, in order. */
    List<Numbered> numbered(long first, long last);

    /** The marks of the same. */
    List<Mark> marks(long first, long last);
}
