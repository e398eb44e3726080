package sh.keptn.api.event.mongo;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import java.util.Objects;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Gives events their numbers: one counter in the database, for all replicas. */
final class EventNumbers {
    static final String COLLECTION = "counters";

    private static final String LAST = "last";
    private static final Bson EVENTS = Filters.eq("_id", "events");
    private static final FindOneAndUpdateOptions MAKE =
            new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER);

    private final MongoCollection<Document> counters;

    EventNumbers(MongoCollection<Document> counters) {
        this.counters = counters;
    }

    /** A number that was never given before. */
    long next() {
        try {
            return increment();
        } catch (MongoCommandException e) {
            // Two replicas that make the counter at the same moment.
            if (ErrorCategory.fromErrorCode(e.getErrorCode()) != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            return increment();
        }
    }

    /** The last number that was given; 0 before the first. */
    long last() {
        Document counter = counters.find(EVENTS).first();
        return counter == null ? 0 : counter.getLong(LAST);
    }

    private long increment() {
        Document counter = counters.findOneAndUpdate(EVENTS, Updates.inc(LAST, 1L), MAKE);
        return Objects.requireNonNull(counter, "an upsert gives the document back")
                .getLong(LAST);
    }
}
