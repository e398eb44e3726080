package sh.keptn.api.event.mongo;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.api.event.EventField;
import sh.keptn.api.event.EventPage;
import sh.keptn.api.event.EventQuery;
import sh.keptn.api.event.EventQuery.Start;
import sh.keptn.api.event.EventStore;
import sh.keptn.api.event.KeptnEvent;
import sh.keptn.api.event.Micros;
import sh.keptn.api.event.PageKey;
import sh.keptn.api.event.Repeat;
import sh.keptn.core.model.ProjectName;

/**
 * Events in one MongoDB collection. A database that is down, at the start or later, makes each call fail on its own and
 * is found again when it is back; nothing has to be restarted.
 */
public final class MongoEventStore implements EventStore, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MongoEventStore.class);
    private static final String COLLECTION = "events";
    private static final Duration REPEAT_COUNTS_FOR = Duration.ofHours(24);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofMinutes(1);
    private static final long MAX_QUERY_MILLIS = 1_000;

    /** More than this many are not counted: that would cost more than the page itself. */
    private static final int MAX_COUNTED = 1_000;

    /** How often one append starts over when others append the same thing at the same moment. */
    private static final int MAX_ATTEMPTS = 5;

    /** How many pages are read to fill one from which invalidated events are left out. */
    private static final int MAX_ROUNDS = 20;

    private final MongoClient client;
    private final MongoCollection<Document> collection;
    private final EventIndexes indexes;
    private final Thread declaring;

    private MongoEventStore(MongoClient client, String database, Optional<Duration> retention) {
        this.client = client;
        this.collection = client.getDatabase(database).getCollection(COLLECTION);
        this.indexes = new EventIndexes(collection, retention);
        this.declaring = Thread.ofVirtual().name("event-store-indexes").start(this::declareIndexes);
    }

    /** Returns at once; the database is looked for in the background. */
    public static MongoEventStore connect(MongoSettings settings) {
        return new MongoEventStore(MongoClients.create(settings.client()), settings.database(), settings.retention());
    }

    @Override
    public Appended append(KeptnEvent event, Optional<Repeat> repeat) {
        return MongoErrors.translating(() -> {
            indexes.ensure();
            boolean root = !exists(Filters.eq(EventDocuments.ROOT, event.keptnContext()));
            for (int attempt = 1; ; attempt++) {
                try {
                    insert(EventDocuments.of(event, root, repeat));
                    return new Appended.Stored();
                } catch (MongoWriteException e) {
                    if (!MongoErrors.isDuplicateKey(e) || attempt == MAX_ATTEMPTS) {
                        throw e;
                    }
                }
                if (exists(Filters.eq(EventDocuments.ID, event.id().toString()))) {
                    return new Appended.Stored();
                }
                Optional<Appended> known = repeat.flatMap(sent -> known(sent, event.time()));
                if (known.isPresent()) {
                    return known.get();
                }
                root = !exists(Filters.eq(EventDocuments.ROOT, event.keptnContext()));
            }
        });
    }

    /** Once more if the connection broke, for the answer may have been lost and not the write; the id tells them apart. */
    private void insert(Document document) {
        try {
            collection.insertOne(document);
        } catch (MongoSocketException broken) {
            log.atDebug().setCause(broken).log("the connection broke during an insert, which is sent again");
            collection.insertOne(document);
        }
    }

    /** What the sending was before, if that was within a day; an older one gives its key up. */
    private Optional<Appended> known(Repeat sent, Instant now) {
        Bson byKey = Filters.eq(EventDocuments.REPEAT, sent.key());
        Document first = collection
                .find(byKey)
                .projection(Projections.include(EventDocuments.AT, EventDocuments.CONTEXT, EventDocuments.BODY))
                .first();
        if (first == null) {
            return Optional.empty();
        }
        if (EventDocuments.time(first).isBefore(now.minus(REPEAT_COUNTS_FOR))) {
            collection.updateOne(
                    Filters.and(Filters.eq(EventDocuments.ID, first.get(EventDocuments.ID)), byKey),
                    Updates.unset(EventDocuments.REPEAT));
            return Optional.empty();
        }
        return Optional.of(
                sent.body().equals(first.getString(EventDocuments.BODY))
                        ? new Appended.Repeated(first.getString(EventDocuments.CONTEXT))
                        : new Appended.KeyTaken());
    }

    @Override
    public EventPage find(EventQuery query) {
        return MongoErrors.translating(() -> {
            indexes.ensure();
            return query.among() == EventQuery.Among.NOT_INVALIDATED ? withoutInvalidated(query) : page(query);
        });
    }

    private EventPage page(EventQuery query) {
        List<Document> found = read(query, query.limit() + 1);
        boolean more = found.size() > query.limit();
        List<KeptnEvent> events =
                found.stream().limit(query.limit()).map(EventDocuments::event).toList();
        Optional<PageKey> next =
                more ? Optional.of(PageKey.of(query.walked() + events.size(), events.getLast())) : Optional.empty();
        return new EventPage(events, next, total(query, events.size(), more));
    }

    /** On the last page the client's own walk is the count. */
    private OptionalLong total(EventQuery query, int shown, boolean more) {
        if (!more && (shown > 0 || query.walked() == 0)) {
            return OptionalLong.of(query.walked() + shown);
        }
        long counted = collection.countDocuments(
                EventDocuments.matching(query),
                new CountOptions().limit(MAX_COUNTED + 1).maxTime(MAX_QUERY_MILLIS, TimeUnit.MILLISECONDS));
        return counted > MAX_COUNTED ? OptionalLong.empty() : OptionalLong.of(counted);
    }

    private EventPage withoutInvalidated(EventQuery query) {
        List<KeptnEvent> valid = new ArrayList<>();
        EventQuery rest = query;
        for (int round = 0; round < MAX_ROUNDS && valid.size() < query.limit(); round++) {
            List<KeptnEvent> found = read(rest, query.limit()).stream()
                    .map(EventDocuments::event)
                    .toList();
            Set<String> takenBack = takenBack(found);
            found.stream()
                    .filter(event -> event.triggeredId() == null || !takenBack.contains(event.triggeredId()))
                    .forEach(valid::add);
            if (found.size() < query.limit()) {
                break;
            }
            rest = rest.from(PageKey.of(0, found.getLast()));
        }
        return new EventPage(valid.stream().limit(query.limit()).toList(), Optional.empty(), OptionalLong.empty());
    }

    private Set<String> takenBack(List<KeptnEvent> events) {
        List<String> triggered = events.stream()
                .flatMap(event -> event.value(EventField.TRIGGERED_ID).stream())
                .distinct()
                .toList();
        Set<String> takenBack = new HashSet<>();
        if (!triggered.isEmpty()) {
            collection
                    .find(Filters.in(EventDocuments.INVALIDATES, triggered))
                    .projection(Projections.include(EventDocuments.INVALIDATES))
                    .maxTime(MAX_QUERY_MILLIS, TimeUnit.MILLISECONDS)
                    .forEach(document -> takenBack.add(document.getString(EventDocuments.INVALIDATES)));
        }
        return takenBack;
    }

    private List<Document> read(EventQuery query, int limit) {
        Bson matching = EventDocuments.matching(query);
        int skip = 0;
        switch (query.start()) {
            case Start.Newest() -> {}
            case Start.After(PageKey last) -> matching = Filters.and(matching, EventDocuments.beyond(last));
            case Start.Skipping(int events) -> skip = events;
        }
        return collection
                .find(matching)
                .projection(EventDocuments.EVENT_ONLY)
                .sort(EventDocuments.NEWEST_FIRST)
                .skip(skip)
                .limit(limit)
                .batchSize(limit)
                .maxTime(MAX_QUERY_MILLIS, TimeUnit.MILLISECONDS)
                .into(new ArrayList<>());
    }

    @Override
    public void forget(ProjectName project, Instant olderThan) {
        MongoErrors.translating(() -> collection.deleteMany(Filters.and(
                Filters.eq(EventDocuments.PROJECT, project.value()),
                Filters.lt(EventDocuments.AT, Micros.of(olderThan)))));
    }

    @Override
    public boolean isReachable() {
        try {
            collection.find(Filters.eq(EventDocuments.ID, "")).first();
            return true;
        } catch (MongoException e) {
            log.atDebug().setCause(e).log("event store is not reachable");
            return false;
        }
    }

    @Override
    public void close() {
        declaring.interrupt();
        client.close();
    }

    private boolean exists(Bson filter) {
        return collection
                        .find(filter)
                        .projection(Projections.include(EventDocuments.ID))
                        .first()
                != null;
    }

    private void declareIndexes() {
        Duration wait = FIRST_RETRY;
        try {
            while (true) {
                try {
                    indexes.ensure();
                    return;
                } catch (MongoInterruptedException closed) {
                    return;
                } catch (MongoException e) {
                    log.atWarn()
                            .addKeyValue("nextTry", wait)
                            .setCause(e)
                            .log("event store is not reachable: events are answered 503 until it is");
                    TimeUnit.NANOSECONDS.sleep(wait.toNanos());
                    wait = wait.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? wait.multipliedBy(2) : LAST_RETRY;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
