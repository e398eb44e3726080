package sh.keptn.api.event.mongo;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.Document;
import org.bson.conversions.Bson;
import sh.keptn.api.mongo.MongoErrors;

/**
 * Gives events their numbers: one counter in the database, for all replicas. Those who wait in this process at one time
 * are given theirs by one request, so that only replicas get in each other's way. The counter is changed only as it was
 * read: MongoDB could add to it in one step, but the embedded store does that for one client at a time alone.
 */
final class EventNumbers {
    static final String COLLECTION = "counters";

    private static final String ID = "_id";
    private static final String NAME = "events";
    private static final String LAST = "last";
    private static final Bson EVENTS = Filters.eq(ID, NAME);

    private final MongoCollection<Document> counters;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private long given;
    private long until;

    EventNumbers(MongoCollection<Document> counters) {
        this.counters = counters;
    }

    /** The next number. */
    long next() {
        waiting.incrementAndGet();
        lock.lock();
        try {
            if (given == until) {
                // Nobody who waits goes without taking one, so that none is left over.
                int many = waiting.get();
                until = taken(many);
                given = until - many;
            }
            return ++given;
        } finally {
            waiting.decrementAndGet();
            lock.unlock();
        }
    }

    /** The last number that was given; 0 before the first. */
    long last() {
        Document counter = counters.find(EVENTS).first();
        return counter == null ? 0 : counter.getLong(LAST);
    }

    /** The last of so many numbers more. What this process took last is mostly still what stands there. */
    private long taken(long many) {
        long before = until;
        while (!take(before, before + many)) {
            before = last();
        }
        return before + many;
    }

    private boolean take(long before, long after) {
        if (before == 0) {
            return begin(after);
        }
        return counters.updateOne(Filters.and(EVENTS, Filters.eq(LAST, before)), Updates.set(LAST, after))
                        .getMatchedCount()
                == 1;
    }

    private boolean begin(long after) {
        try {
            counters.insertOne(new Document(ID, NAME).append(LAST, after));
            return true;
        } catch (MongoWriteException e) {
            if (MongoErrors.isDuplicateKey(e)) {
                return false;
            }
            throw e;
        }
    }
}
