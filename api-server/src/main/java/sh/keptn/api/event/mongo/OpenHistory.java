package sh.keptn.api.event.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.api.event.KeptnEvent;
import sh.keptn.api.event.Progress;

/**
 * Makes the list of open work from the events themselves, once for a database: where events are older than the list, and
 * where it was lost or dropped on purpose. The events are read from end to end.
 */
final class OpenHistory {
    private static final Logger log = LoggerFactory.getLogger(OpenHistory.class);
    private static final String MARK = "derived";
    private static final String TRIGGERED = "\\.triggered$";
    private static final String TOLD = "\\.(started|finished)$";
    private static final int BATCH = 100;

    /** Clocks of replicas may differ by this. */
    private static final Duration MARGIN = Duration.ofMinutes(10);

    private final OpenWork work;
    private final MongoCollection<Document> entries;
    private final MongoCollection<Document> events;

    OpenHistory(OpenWork work, MongoCollection<Document> entries, MongoCollection<Document> events) {
        this.work = work;
        this.entries = entries;
        this.events = events;
    }

    /** Does it if it has not been done. */
    void derive() {
        if (entries.find(Filters.eq(OpenEntry.ID, MARK)).first() != null) {
            return;
        }
        Document newest = events.find()
                .sort(EventDocuments.NEWEST_FIRST)
                .projection(EventDocuments.EVENT_ONLY)
                .first();
        long begin = newest == null ? 0 : newest.getLong(EventDocuments.AT);
        Map<String, Told> told = new HashMap<>();
        each(Filters.regex(EventDocuments.TYPE, TOLD), event -> remember(told, event));
        each(Filters.regex(EventDocuments.TYPE, TRIGGERED), event -> {
            Told of = told.getOrDefault(event.id().toString(), new Told());
            if (Progress.of(event) instanceof Progress.Triggered
                    && !Progress.isDone(event.type(), of.started.size(), of.finished.size())) {
                work.restore(event, of.started, of.finished);
            }
        });
        // What was told meanwhile found no entry to be noted in.
        Bson meanwhile = Filters.and(
                Filters.gte(EventDocuments.AT, begin - TimeUnit.MICROSECONDS.convert(MARGIN)),
                Filters.regex(EventDocuments.TYPE, TOLD));
        each(meanwhile, event -> {
            work.announce(event);
            work.settle(event);
        });
        work.mark(MARK);
        log.atInfo().log("the list of open triggered events was made from the events");
    }

    private record Told(Set<String> started, Set<String> finished) {
        Told() {
            this(new HashSet<>(), new HashSet<>());
        }
    }

    private static void remember(Map<String, Told> told, KeptnEvent event) {
        String id = event.id().toString();
        switch (Progress.of(event)) {
            case Progress.Started(String of) ->
                told.computeIfAbsent(of, _ -> new Told()).started.add(id);
            case Progress.Finished(String of) ->
                told.computeIfAbsent(of, _ -> new Told()).finished.add(id);
            case Progress.Triggered() -> {}
            case Progress.None() -> {}
        }
    }

    private void each(Bson which, Consumer<KeptnEvent> visit) {
        events.find(which)
                .projection(EventDocuments.EVENT_ONLY)
                .batchSize(BATCH)
                .forEach(document -> visit.accept(EventDocuments.event(document)));
    }
}
