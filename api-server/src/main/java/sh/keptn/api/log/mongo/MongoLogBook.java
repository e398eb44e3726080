package sh.keptn.api.log.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.Document;
import org.bson.conversions.Bson;
import sh.keptn.api.log.LogBook;
import sh.keptn.api.log.LogEntry;
import sh.keptn.api.mongo.DeclaredIndexes;
import sh.keptn.api.mongo.DeclaredIndexes.Index;
import sh.keptn.api.mongo.MongoConnection;
import sh.keptn.api.mongo.MongoErrors;

/**
 * Log entries in a collection of their own. Those that came in too long ago are passed over at once, and taken away by
 * whoever writes next, at most once an hour, and by MongoDB's own expiry.
 */
public final class MongoLogBook implements LogBook, AutoCloseable {
    private static final String COLLECTION = "logs";
    private static final String INTEGRATION = "integration";
    private static final String MESSAGE = "message";
    private static final String TIME = "time";
    private static final String CONTEXT = "context";
    private static final String TASK = "task";
    private static final String TRIGGERED = "triggered";
    private static final String COMMIT = "commit";
    /** By the clock of the server: a client's clock does not decide how long its entries are kept. */
    private static final String RECEIVED = "received";

    private static final String ID = "_id";
    private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);

    private final MongoCollection<Document> collection;
    private final DeclaredIndexes indexes;
    private final Duration retention;
    private final Clock clock;
    private final AtomicReference<Instant> lastSweep = new AtomicReference<>(Instant.MIN);

    private MongoLogBook(MongoConnection connection, Duration retention, Clock clock) {
        this.collection = connection.collection(COLLECTION);
        this.retention = retention;
        this.clock = clock;
        this.indexes = DeclaredIndexes.declare(
                collection,
                List.of(
                        new Index("newest", Indexes.descending(TIME, ID), new IndexOptions()),
                        new Index(
                                "integration",
                                Indexes.compoundIndex(Indexes.ascending(INTEGRATION), Indexes.descending(TIME, ID)),
                                new IndexOptions()),
                        new Index(
                                "retention",
                                Indexes.ascending(RECEIVED),
                                new IndexOptions().expireAfter(retention.toSeconds(), TimeUnit.SECONDS))));
    }

    /** Returns at once. */
    public static MongoLogBook on(MongoConnection connection, Duration retention, Clock clock) {
        return new MongoLogBook(connection, retention, clock);
    }

    @Override
    public void append(List<LogEntry> entries) {
        Date received = Date.from(clock.instant());
        MongoErrors.translating(() -> {
            indexes.ensure();
            sweep();
            return collection.insertMany(
                    entries.stream().map(entry -> document(entry, received)).toList());
        });
    }

    @Override
    public Page find(Wanted wanted) {
        Bson matching = matching(wanted);
        return MongoErrors.translating(() -> {
            indexes.ensure();
            List<LogEntry> entries = collection
                    .find(matching)
                    .sort(Sorts.descending(TIME, ID))
                    .skip(wanted.skip())
                    .limit(wanted.limit())
                    .map(MongoLogBook::entry)
                    .into(new ArrayList<>());
            return new Page(entries, collection.countDocuments(matching));
        });
    }

    @Override
    public void close() {
        indexes.close();
    }

    private Bson matching(Wanted wanted) {
        List<Bson> all = new ArrayList<>();
        all.add(Filters.gte(RECEIVED, oldest()));
        wanted.integration().ifPresent(id -> all.add(Filters.eq(INTEGRATION, id)));
        wanted.from().ifPresent(from -> all.add(Filters.gte(TIME, Date.from(from))));
        wanted.until().ifPresent(until -> all.add(Filters.lte(TIME, Date.from(until))));
        return Filters.and(all);
    }

    private void sweep() {
        Instant now = clock.instant();
        Instant last = lastSweep.get();
        if (last.isBefore(now.minus(BETWEEN_SWEEPS)) && lastSweep.compareAndSet(last, now)) {
            collection.deleteMany(Filters.lt(RECEIVED, oldest()));
        }
    }

    private Date oldest() {
        return Date.from(clock.instant().minus(retention));
    }

    private static Document document(LogEntry entry, Date received) {
        return new Document(INTEGRATION, entry.integrationId())
                .append(MESSAGE, entry.message())
                .append(TIME, Date.from(entry.time()))
                .append(CONTEXT, entry.keptnContext())
                .append(TASK, entry.task())
                .append(TRIGGERED, entry.triggeredId())
                .append(COMMIT, entry.gitCommitId())
                .append(RECEIVED, received);
    }

    private static LogEntry entry(Document document) {
        return new LogEntry(
                document.getString(INTEGRATION),
                document.getString(MESSAGE),
                document.getDate(TIME).toInstant(),
                document.getString(CONTEXT),
                document.getString(TASK),
                document.getString(TRIGGERED),
                document.getString(COMMIT));
    }
}
