package sh.keptn.api.event.tally;

import java.time.Instant;
import java.util.List;
import sh.keptn.api.event.EventTail.Mark;

/**
 * Where tallies are kept. Every operation throws a KeptnException with {@code Unavailable} when the store does not answer
 * within seconds.
 */
public interface TallyStore {

    /** Every event up to this number has been counted. */
    long position();

    /** Notes that every event up to the number has been counted; an earlier note never wins. */
    void advance(long position);

    /**
     * Adds the events to what is counted for the project in that half hour. Events up to the number that was added last
     * are in it already and are not counted again, whichever replica added them.
     *
     * @param marks in the order of their numbers
     */
    void add(Instant bucket, String project, List<Mark> marks);

    /** Those half hours that began in the time, project by project. */
    List<Tally> between(Instant first, Instant last);

    /** Forgets the half hours that began before the moment. */
    void forget(Instant olderThan);
}
