package sh.keptn.api.event.mongo;

import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.api.event.EventPage;
import sh.keptn.api.event.EventQuery.Start;
import sh.keptn.api.event.KeptnEvent;
import sh.keptn.api.event.Micros;
import sh.keptn.api.event.OpenQuery;
import sh.keptn.api.event.PageKey;
import sh.keptn.api.event.Progress;
import sh.keptn.api.mongo.MongoErrors;
import sh.keptn.core.model.ProjectName;

/**
 * The triggered events that are not done, as a small collection beside the events: an index that agents can ask for every
 * second. An entry is written before its event, and the id of each {@code .started} and {@code .finished} before that
 * event; only ids that are events count. So whatever is cut short leaves an entry that says too much, never too little,
 * and whoever reads it puts it right.
 */
final class OpenWork {
    private static final Logger log = LoggerFactory.getLogger(OpenWork.class);
    private static final int MAX_COUNTED = 1_000;
    private static final int MAX_ROUNDS = 20;
    private static final long MAX_QUERY_MILLIS = 1_000;

    /** An entry this old whose event is not there has none: it was never kept, or it is gone. */
    private static final Duration ORPHAN_AFTER = Duration.ofHours(1);

    private final MongoCollection<Document> entries;
    private final MongoCollection<Document> events;

    OpenWork(MongoCollection<Document> entries, MongoCollection<Document> events) {
        this.entries = entries;
        this.events = events;
    }

    /** Before the event is kept. */
    void announce(KeptnEvent event) {
        switch (Progress.of(event)) {
            case Progress.Triggered() -> {
                // One that is kept already may be done already.
                if (kept(List.of(event.id().toString())).isEmpty()) {
                    insert(OpenEntry.of(event, Set.of(), Set.of()));
                }
            }
            case Progress.Started(String triggeredId) -> note(triggeredId, OpenEntry.STARTED, event);
            case Progress.Finished(String triggeredId) -> note(triggeredId, OpenEntry.FINISHED, event);
            case Progress.None() -> {}
        }
    }

    /** After the event is kept. A failure changes nothing: the next reader does the same. */
    void settle(KeptnEvent event) {
        try {
            switch (Progress.of(event)) {
                case Progress.Started(String triggeredId) -> settle(triggeredId);
                case Progress.Finished(String triggeredId) -> settle(triggeredId);
                case Progress.Triggered() -> {}
                case Progress.None() -> {}
            }
        } catch (MongoException e) {
            log.atWarn()
                    .addKeyValue("triggeredid", event.triggeredId())
                    .setCause(e)
                    .log("a finished task is taken off the list of open ones later");
        }
    }

    /** After the event turned out to have been kept under another id: nothing was announced. */
    void withdraw(KeptnEvent event) {
        switch (Progress.of(event)) {
            case Progress.Triggered() ->
                entries.deleteOne(Filters.eq(OpenEntry.ID, event.id().toString()));
            case Progress.Started(String triggeredId) -> unnote(triggeredId, OpenEntry.STARTED, event);
            case Progress.Finished(String triggeredId) -> unnote(triggeredId, OpenEntry.FINISHED, event);
            case Progress.None() -> {}
        }
    }

    /** An entry for an event that is kept. */
    void restore(KeptnEvent triggered, Set<String> started, Set<String> finished) {
        insert(OpenEntry.of(triggered, started, finished));
    }

    /** Remembers something about the list itself. */
    void mark(String mark) {
        insert(new Document(OpenEntry.ID, mark));
    }

    void forget(ProjectName project, Instant olderThan) {
        entries.deleteMany(Filters.and(
                Filters.eq(OpenEntry.PROJECT, project.value()), Filters.lt(OpenEntry.AT, Micros.of(olderThan))));
    }

    EventPage find(OpenQuery query) {
        List<KeptnEvent> open = new ArrayList<>();
        Optional<PageKey> next = Optional.empty();
        OpenQuery rest = query;
        boolean more = true;
        for (int round = 0; round < MAX_ROUNDS && more && open.size() < query.limit(); round++) {
            List<Document> found = read(rest, query.limit() + 1);
            more = found.size() > query.limit();
            List<Document> page = found.subList(0, Math.min(found.size(), query.limit()));
            Map<String, KeptnEvent> undone = undone(page, query.now());
            for (Document entry : page) {
                KeptnEvent event = undone.get(entry.getString(OpenEntry.ID));
                if (event != null) {
                    if (open.size() == query.limit()) {
                        more = true;
                        break;
                    }
                    open.add(event);
                    next = Optional.of(PageKey.of(query.walked() + open.size(), event));
                }
            }
            if (more && open.size() < query.limit()) {
                rest = query.from(OpenEntry.place(page.getLast()));
            }
        }
        return new EventPage(open, more ? next : Optional.empty(), total(query, open.size(), more));
    }

    private OptionalLong total(OpenQuery query, int shown, boolean more) {
        if (!more && (shown > 0 || query.walked() == 0)) {
            return OptionalLong.of(query.walked() + shown);
        }
        long counted = entries.countDocuments(
                OpenEntry.matching(query),
                new CountOptions().limit(MAX_COUNTED + 1).maxTime(MAX_QUERY_MILLIS, TimeUnit.MILLISECONDS));
        return counted > MAX_COUNTED ? OptionalLong.empty() : OptionalLong.of(counted);
    }

    private List<Document> read(OpenQuery query, int limit) {
        Bson matching = OpenEntry.matching(query);
        int skip = 0;
        switch (query.start()) {
            case Start.Newest() -> {}
            case Start.After(PageKey last) -> matching = Filters.and(matching, EventDocuments.beyond(last));
            case Start.Skipping(int walked) -> skip = walked;
        }
        return entries.find(matching)
                .sort(EventDocuments.NEWEST_FIRST)
                .skip(skip)
                .limit(limit)
                .batchSize(limit)
                .maxTime(MAX_QUERY_MILLIS, TimeUnit.MILLISECONDS)
                .into(new ArrayList<>());
    }

    /** The events of those entries that are open, by id; takes off the list what is done and what has no event. */
    private Map<String, KeptnEvent> undone(List<Document> page, Instant now) {
        List<Document> left = withoutDone(page);
        List<String> ids =
                left.stream().map(entry -> entry.getString(OpenEntry.ID)).toList();
        Map<String, KeptnEvent> undone = new HashMap<>();
        if (!ids.isEmpty()) {
            events.find(Filters.in(EventDocuments.ID, ids))
                    .projection(EventDocuments.EVENT_ONLY)
                    .maxTime(MAX_QUERY_MILLIS, TimeUnit.MILLISECONDS)
                    .forEach(document ->
                            undone.put(document.getString(EventDocuments.ID), EventDocuments.event(document)));
        }
        long old = Micros.of(now.minus(ORPHAN_AFTER));
        left.stream()
                .filter(entry -> !undone.containsKey(entry.getString(OpenEntry.ID)))
                .filter(entry -> entry.getLong(OpenEntry.AT) < old)
                .forEach(orphan -> entries.deleteOne(Filters.eq(OpenEntry.ID, orphan.getString(OpenEntry.ID))));
        return undone;
    }

    /** The entries that are not done; those that are, are taken off the list. */
    private List<Document> withoutDone(List<Document> page) {
        List<String> told = page.stream()
                .filter(OpenEntry::mayBeDone)
                .flatMap(OpenEntry::told)
                .toList();
        if (told.isEmpty()) {
            return page;
        }
        Set<String> kept = kept(told);
        List<Document> left = new ArrayList<>();
        for (Document entry : page) {
            if (OpenEntry.isDone(entry, kept)) {
                // Only as it was read: somebody may have begun meanwhile.
                entries.deleteOne(OpenEntry.unchanged(entry));
            } else {
                left.add(entry);
            }
        }
        return left;
    }

    private void settle(String triggeredId) {
        Document entry = entries.find(Filters.eq(OpenEntry.ID, triggeredId)).first();
        if (entry != null) {
            withoutDone(List.of(entry));
        }
    }

    private Set<String> kept(List<String> ids) {
        Set<String> kept = new HashSet<>();
        events.find(Filters.in(EventDocuments.ID, ids))
                .projection(Projections.include(EventDocuments.ID))
                .maxTime(MAX_QUERY_MILLIS, TimeUnit.MILLISECONDS)
                .forEach(document -> kept.add(document.getString(EventDocuments.ID)));
        return kept;
    }

    private void insert(Document entry) {
        try {
            entries.insertOne(entry);
        } catch (MongoWriteException e) {
            if (!MongoErrors.isDuplicateKey(e)) {
                throw e;
            }
        }
    }

    private void note(String triggeredId, String list, KeptnEvent event) {
        entries.updateOne(
                OpenEntry.asked(triggeredId, event),
                Updates.combine(Updates.addToSet(list, event.id().toString()), Updates.inc(OpenEntry.CHANGES, 1L)));
    }

    private void unnote(String triggeredId, String list, KeptnEvent event) {
        entries.updateOne(
                OpenEntry.asked(triggeredId, event),
                Updates.combine(Updates.pull(list, event.id().toString()), Updates.inc(OpenEntry.CHANGES, 1L)));
    }
}
