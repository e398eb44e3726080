package sh.keptn.api.event.mongo;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Gives events their numbers: one counter in the database, for all replicas. Those who wait in this process at one time
 * are given theirs by one request. The unique index on the number decides where a store lets two replicas count at once,
 * as the embedded one does.
 */
final class EventNumbers {
    static final String COLLECTION = "counters";

    private static final String LAST = "last";
    private static final Bson EVENTS = Filters.eq("_id", "events");
    private static final FindOneAndUpdateOptions MAKE =
            new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER);

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

    private long taken(long many) {
        try {
            return increment(many);
        } catch (MongoCommandException e) {
            // Two replicas that make the counter at the same moment.
            if (ErrorCategory.fromErrorCode(e.getErrorCode()) != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            return increment(many);
        }
    }

    private long increment(long many) {
        Document counter = counters.findOneAndUpdate(EVENTS, Updates.inc(LAST, many), MAKE);
        return Objects.requireNonNull(counter, "an upsert gives the document back")
                .getLong(LAST);
    }
}
