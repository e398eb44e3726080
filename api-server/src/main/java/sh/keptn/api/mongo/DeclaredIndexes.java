package sh.keptn.api.mongo;

import com.mongodb.DuplicateKeyException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The indexes of a collection, declared once per process. An index that the database refuses (old duplicates under a
 * unique one, another definition under the name) is an error in the log and stops nothing.
 */
public final class DeclaredIndexes implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DeclaredIndexes.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofMinutes(1);

    private final MongoCollection<Document> collection;
    private final List<Index> indexes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread declaring;
    private volatile boolean declared;

    /** One index. */
    public record Index(String name, Bson keys, IndexOptions options) {}

    private DeclaredIndexes(MongoCollection<Document> collection, List<Index> indexes, Runnable then) {
        this.collection = collection;
        this.indexes = List.copyOf(indexes);
        String name = collection.getNamespace().getCollectionName();
        this.declaring = Thread.ofVirtual().name("indexes-of-" + name).unstarted(() -> declareAll(then));
    }

    /** Begins to declare them in the background, again and again until the database answers. */
    public static DeclaredIndexes declare(MongoCollection<Document> collection, List<Index> indexes) {
        return declare(collection, indexes, () -> {});
    }

    /**
     * The same, and does something with the collection when they are there.
     *
     * @param then is begun again if the database stops to answer in the middle of it
     */
    public static DeclaredIndexes declare(MongoCollection<Document> collection, List<Index> indexes, Runnable then) {
        DeclaredIndexes declaring = new DeclaredIndexes(collection, indexes, then);
        declaring.declaring.start();
        return declaring;
    }

    /** Declares the indexes if that has not been done; throws the driver's exception when the database does not answer. */
    public void ensure() {
        if (declared) {
            return;
        }
        lock.lock();
        try {
            if (!declared) {
                indexes.forEach(this::declare);
                declared = true;
                log.atInfo()
                        .addKeyValue("collection", collection.getNamespace().getCollectionName())
                        .addKeyValue("indexes", indexes.size())
                        .log("indexes are declared");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives up what is still going on in the background. */
    @Override
    public void close() {
        declaring.interrupt();
    }

    private void declareAll(Runnable then) {
        Duration wait = FIRST_RETRY;
        try {
            while (true) {
                try {
                    ensure();
                    then.run();
                    return;
                } catch (MongoInterruptedException closed) {
                    return;
                } catch (MongoException e) {
                    log.atWarn()
                            .addKeyValue("collection", collection.getNamespace().getCollectionName())
                            .addKeyValue("nextTry", wait)
                            .setCause(e)
                            .log("the event store is not reachable: what needs it is answered 503 until it is");
                    TimeUnit.NANOSECONDS.sleep(wait.toNanos());
                    wait = wait.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? wait.multipliedBy(2) : LAST_RETRY;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException closed) {
            log.atDebug().setCause(closed).log("the connection was closed while indexes were declared");
        }
    }

    private void declare(Index index) {
        try {
            collection.createIndex(index.keys(), index.options().name(index.name()));
        } catch (MongoCommandException | DuplicateKeyException refused) {
            if (refused.hasErrorLabel(MongoException.RETRYABLE_ERROR_LABEL)) {
                throw refused;
            }
            log.atError()
                    .addKeyValue("collection", collection.getNamespace().getCollectionName())
                    .addKeyValue("index", index.name())
                    .addKeyValue("code", refused.getCode())
                    .setCause(refused)
                    .log("the event store refuses an index and is used without it: remove what is in its way"
                            + " (duplicates, or another index of that name) and restart");
        }
    }
}
