package sh.keptn.api.event.mongo;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoWriteException;
import java.time.Duration;
import java.util.function.Supplier;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/** The driver's failures in the words of this system. The message names no host and no user; the cause is kept. */
final class MongoErrors {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private MongoErrors() {}

    static <T> T translating(Supplier<T> call) {
        try {
            return call.get();
        } catch (MongoExecutionTimeoutException e) {
            throw unavailable("the event store took too long over this query; ask for less at a time", e);
        } catch (MongoException e) {
            throw unavailable("the event store does not answer; nothing else is affected", e);
        }
    }

    static boolean isDuplicateKey(MongoWriteException e) {
        return e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
    }

    private static KeptnException unavailable(String message, MongoException cause) {
        return new KeptnException(new KeptnError.Unavailable(message, RETRY_AFTER), cause);
    }
}
