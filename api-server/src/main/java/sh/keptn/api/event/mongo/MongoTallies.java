package sh.keptn.api.event.mongo;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.api.event.EventTail.Mark;
import sh.keptn.api.event.tally.Tally;
import sh.keptn.api.event.tally.TallyStore;
import sh.keptn.api.mongo.MongoConnection;
import sh.keptn.api.mongo.MongoErrors;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/**
 * Tallies, one document for a project and half an hour. The document holds the number of the last event in it, and is
 * replaced only as it was read: that makes each event count once without a transaction.
 */
final class MongoTallies implements TallyStore {
    private static final Logger log = LoggerFactory.getLogger(MongoTallies.class);
    private static final String COLLECTION = "tallies";
    private static final String ID = "_id";
    private static final String BEGIN = "begin";
    private static final String PROJECT = "project";
    private static final String UP_TO = "upTo";
    private static final String COUNTS = "counts";
    private static final String LAST = "last";
    private static final Bson POSITION = Filters.eq(ID, "tallies");
    private static final int MAX_ATTEMPTS = 20;
    private static final long MAX_QUERY_MILLIS = 5_000;

    /** So many different things are counted for a project in half an hour, which keeps the document small. */
    private static final int MAX_COUNTERS = 5_000;

    private final MongoCollection<Document> tallies;
    private final MongoCollection<Document> counters;

    MongoTallies(MongoConnection database) {
        this.tallies = database.collection(COLLECTION);
        this.counters = database.collection(EventNumbers.COLLECTION);
    }

    @Override
    public long position() {
        return MongoErrors.translating(() -> {
            Document note = counters.find(POSITION).first();
            return note == null ? 0 : note.getLong(LAST);
        });
    }

    @Override
    public void advance(long position) {
        MongoErrors.translating(
                () -> counters.updateOne(POSITION, Updates.max(LAST, position), new UpdateOptions().upsert(true)));
    }

    @Override
    public void add(Instant bucket, String project, List<Mark> marks) {
        boolean added = MongoErrors.translating(() -> {
            for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
                if (tryAdd(bucket.getEpochSecond(), project, marks)) {
                    return true;
                }
            }
            return false;
        });
        if (!added) {
            throw new KeptnException(
                    new KeptnError.Unavailable("the statistics are busy; ask again", Duration.ofSeconds(1)));
        }
    }

    private boolean tryAdd(long begin, String project, List<Mark> marks) {
        String id = begin + "/" + project;
        Document before = tallies.find(Filters.eq(ID, id)).first();
        long upTo = before == null ? 0 : before.getLong(UP_TO);
        List<Mark> fresh = marks.stream().filter(mark -> mark.number() > upTo).toList();
        if (fresh.isEmpty()) {
            return true;
        }
        Map<Tally.Key, Long> counts = Tally.plus(before == null ? Map.of() : counts(before), fresh, MAX_COUNTERS);
        if (counts.size() == MAX_COUNTERS) {
            log.atWarn().addKeyValue("project", project).log("too many kinds of events: not all are counted");
        }
        Document after = new Document(ID, id)
                .append(BEGIN, begin)
                .append(PROJECT, project)
                .append(UP_TO, fresh.getLast().number())
                .append(COUNTS, documents(counts));
        return before == null
                ? insert(after)
                : tallies.replaceOne(Filters.and(Filters.eq(ID, id), Filters.eq(UP_TO, upTo)), after)
                                .getMatchedCount()
                        == 1;
    }

    private boolean insert(Document document) {
        try {
            tallies.insertOne(document);
            return true;
        } catch (MongoWriteException e) {
            if (MongoErrors.isDuplicateKey(e)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public List<Tally> between(Instant first, Instant last) {
        return MongoErrors.translating(() -> tallies.find(Filters.and(
                        Filters.gte(BEGIN, first.getEpochSecond()), Filters.lte(BEGIN, last.getEpochSecond())))
                .maxTime(MAX_QUERY_MILLIS, TimeUnit.MILLISECONDS)
                .map(document -> new Tally(document.getString(PROJECT), counts(document)))
                .into(new ArrayList<>()));
    }

    @Override
    public void forget(Instant olderThan) {
        MongoErrors.translating(() -> tallies.deleteMany(Filters.lt(BEGIN, olderThan.getEpochSecond())));
    }

    private static List<Document> documents(Map<Tally.Key, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> new Document("service", entry.getKey().service())
                        .append("kind", entry.getKey().kind().name())
                        .append("executor", entry.getKey().executor())
                        .append("type", entry.getKey().type())
                        .append("count", entry.getValue()))
                .toList();
    }

    private static Map<Tally.Key, Long> counts(Document document) {
        Map<Tally.Key, Long> counts = new HashMap<>();
        for (Document one : document.getList(COUNTS, Document.class)) {
            counts.put(
                    new Tally.Key(
                            one.getString("service"),
                            Tally.Kind.valueOf(one.getString("kind")),
                            one.getString("executor"),
                            one.getString("type")),
                    one.getLong("count"));
        }
        return counts;
    }
}
