package sh.keptn.api.event.mongo;

import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import sh.keptn.api.event.EventField;
import sh.keptn.api.event.KeptnEvent;
import sh.keptn.api.event.Micros;
import sh.keptn.api.event.OpenQuery;
import sh.keptn.api.event.PageKey;
import sh.keptn.api.event.Progress;

/** An entry of {@link OpenWork} as a document: by what it is found, and the ids of the events that tell of the work. */
final class OpenEntry {
    /** The id of the triggered event. */
    static final String ID = EventDocuments.ID;

    static final String AT = EventDocuments.AT;
    static final String TYPE = EventDocuments.TYPE;
    static final String PROJECT = EventDocuments.PROJECT;
    static final String STARTED = "started";
    static final String FINISHED = "finished";
    /** Counts the changes of the two lists. */
    static final String CHANGES = "changes";

    private OpenEntry() {}

    static Document of(KeptnEvent triggered, Set<String> started, Set<String> finished) {
        Document entry = new Document(ID, triggered.id().toString())
                .append(TYPE, triggered.type())
                .append(AT, Micros.of(triggered.time()));
        for (EventField field : List.of(EventField.PROJECT, EventField.STAGE, EventField.SERVICE)) {
            triggered.value(field).ifPresent(value -> entry.append(EventDocuments.name(field), value));
        }
        return entry.append(STARTED, List.copyOf(started))
                .append(FINISHED, List.copyOf(finished))
                .append(CHANGES, 0L);
    }

    static Bson matching(OpenQuery query) {
        List<Bson> all = new ArrayList<>();
        all.add(Filters.eq(TYPE, query.type()));
        all.add(Filters.lte(AT, Micros.of(query.now())));
        query.where().forEach((field, value) -> all.add(Filters.eq(EventDocuments.name(field), value)));
        return Filters.and(all);
    }

    /** The entry of which an event tells: of the same work in the same project. */
    static Bson asked(String triggeredId, KeptnEvent event) {
        return Filters.and(
                Filters.eq(ID, triggeredId),
                Filters.eq(TYPE, Progress.triggeredType(event.type())),
                Filters.eq(PROJECT, event.value(EventField.PROJECT).orElseThrow()));
    }

    static Bson unchanged(Document entry) {
        return Filters.and(Filters.eq(ID, entry.getString(ID)), Filters.eq(CHANGES, entry.getLong(CHANGES)));
    }

    static PageKey place(Document entry) {
        return new PageKey(0, entry.getLong(AT), UUID.fromString(entry.getString(ID)));
    }

    static boolean mayBeDone(Document entry) {
        return !ids(entry, FINISHED).isEmpty();
    }

    /** The events that tell of the work, kept or not. */
    static Stream<String> told(Document entry) {
        return Stream.concat(ids(entry, STARTED).stream(), ids(entry, FINISHED).stream());
    }

    static boolean isDone(Document entry, Set<String> kept) {
        return mayBeDone(entry)
                && Progress.isDone(entry.getString(TYPE), count(entry, STARTED, kept), count(entry, FINISHED, kept));
    }

    private static long count(Document entry, String list, Set<String> kept) {
        return ids(entry, list).stream().filter(kept::contains).count();
    }

    private static List<String> ids(Document entry, String list) {
        return entry.getList(list, String.class, List.of());
    }
}
