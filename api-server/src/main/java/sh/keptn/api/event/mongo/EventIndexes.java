package sh.keptn.api.event.mongo;

import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Indexes.compoundIndex;
import static com.mongodb.client.model.Indexes.descending;

import com.mongodb.DuplicateKeyException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The indexes of the collection, declared once per process. An index that the database refuses (old duplicates under a
 * unique one, another definition under the name) is an error in the log and stops nothing.
 */
final class EventIndexes {
    private static final Logger log = LoggerFactory.getLogger(EventIndexes.class);

    private record Index(String name, Bson keys, IndexOptions options) {}

    private final MongoCollection<Document> collection;
    private final List<Index> indexes;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean declared;

    /** @param retention events older than this are dropped by the database; empty keeps them for ever */
    EventIndexes(MongoCollection<Document> collection, Optional<Duration> retention) {
        this.collection = collection;
        List<Index> all = new ArrayList<>(List.of(
                unique("root", EventDocuments.ROOT),
                unique("repeat", EventDocuments.REPEAT),
                newestFirst("newest"),
                newestFirst("context", EventDocuments.CONTEXT),
                newestFirst("type", EventDocuments.TYPE),
                newestFirst("project", EventDocuments.PROJECT),
                newestFirst("project_type", EventDocuments.PROJECT, EventDocuments.TYPE),
                newestFirst(
                        "project_stage_service", EventDocuments.PROJECT, EventDocuments.STAGE, EventDocuments.SERVICE),
                newestFirst(
                        "project_type_stage_service",
                        EventDocuments.PROJECT,
                        EventDocuments.TYPE,
                        EventDocuments.STAGE,
                        EventDocuments.SERVICE),
                projectRoots(),
                new Index("invalidates", ascending(EventDocuments.INVALIDATES), new IndexOptions().sparse(true))));
        retention.ifPresent(age -> all.add(new Index(
                "retention",
                ascending(EventDocuments.TIME),
                new IndexOptions().expireAfter(age.toSeconds(), TimeUnit.SECONDS))));
        this.indexes = List.copyOf(all);
    }

    /** Declares the indexes if that has not been done; throws the driver's exception when the database does not answer. */
    void ensure() {
        if (declared) {
            return;
        }
        lock.lock();
        try {
            if (!declared) {
                indexes.forEach(this::declare);
                declared = true;
                log.atInfo().addKeyValue("indexes", indexes.size()).log("event store indexes are declared");
            }
        } finally {
            lock.unlock();
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
                    .addKeyValue("index", index.name())
                    .addKeyValue("code", refused.getCode())
                    .setCause(refused)
                    .log("the event store refuses an index and is used without it: remove what is in its way"
                            + " (duplicates, or another index of that name) and restart");
        }
    }

    private static Index unique(String name, String field) {
        return new Index(name, ascending(field), new IndexOptions().unique(true).sparse(true));
    }

    private static Index newestFirst(String name, String... equal) {
        return new Index(
                name,
                compoundIndex(ascending(equal), descending(EventDocuments.AT, EventDocuments.ID)),
                new IndexOptions());
    }

    private static Index projectRoots() {
        return new Index(
                "project_roots",
                compoundIndex(ascending(EventDocuments.PROJECT), descending(EventDocuments.AT, EventDocuments.ID)),
                new IndexOptions().partialFilterExpression(Filters.exists(EventDocuments.ROOT)));
    }
}
