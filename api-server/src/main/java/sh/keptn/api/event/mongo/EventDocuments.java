package sh.keptn.api.event.mongo;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import sh.keptn.api.event.EventField;
import sh.keptn.api.event.EventJson;
import sh.keptn.api.event.EventQuery;
import sh.keptn.api.event.KeptnEvent;
import sh.keptn.api.event.Micros;
import sh.keptn.api.event.PageKey;
import sh.keptn.api.event.Repeat;

/**
 * Events as documents. The event itself is JSON in one text, so that no key of a client becomes a field's name; beside
 * it stand the fields that are asked for, under names of our own.
 */
final class EventDocuments {
    static final String ID = "_id";

    /** Microseconds, the order of events. */
    static final String AT = "at";
    /** The same as a date, for MongoDB's own expiry. */
    static final String TIME = "time";

    static final String PROJECT = "project";
    static final String CONTEXT = "context";
    static final String TYPE = "type";
    static final String STAGE = "stage";
    static final String SERVICE = "service";

    /** On the first event of a context: the context. */
    static final String ROOT = "root";
    /** On an {@code .invalidated} event: the triggeredid that it takes back. */
    static final String INVALIDATES = "invalidates";
    /** The key of a {@link Repeat}, while it counts. */
    static final String REPEAT = "repeat";

    static final String BODY = "body";

    private static final String EVENT = "event";
    private static final String INVALIDATED = ".invalidated";
    private static final long MICROS_SEEN = 1_000;

    static final Bson NEWEST_FIRST = Sorts.descending(AT, ID);
    static final Bson EVENT_ONLY = Projections.include(EVENT, AT);

    private EventDocuments() {}

    static Document of(KeptnEvent event, boolean root, Optional<Repeat> repeat) {
        Document document = new Document();
        for (EventField field : EventField.values()) {
            event.value(field).ifPresent(value -> document.append(name(field), value));
        }
        document.append(AT, Micros.of(event.time())).append(TIME, Date.from(event.time()));
        if (root) {
            document.append(ROOT, event.keptnContext());
        }
        if (event.type().endsWith(INVALIDATED)) {
            event.value(EventField.TRIGGERED_ID).ifPresent(taken -> document.append(INVALIDATES, taken));
        }
        repeat.ifPresent(known -> document.append(REPEAT, known.key()).append(BODY, known.body()));
        return document.append(EVENT, EventJson.toText(event));
    }

    static KeptnEvent event(Document document) {
        return EventJson.fromText(document.getString(EVENT), time(document));
    }

    static Instant time(Document document) {
        return Instant.EPOCH.plus(document.getLong(AT), ChronoUnit.MICROS);
    }

    /** Everything that the query asks for, but not from where on. */
    static Bson matching(EventQuery query) {
        List<Bson> all = new ArrayList<>();
        query.where()
                .forEach((field, texts) -> all.add(
                        texts.size() == 1
                                ? Filters.eq(name(field), texts.getFirst())
                                : Filters.in(name(field), texts)));
        // Clients see milliseconds, so "later than" leaves out everything that looks equal to them.
        query.laterThan()
                .ifPresent(after ->
                        all.add(Filters.gte(AT, (Math.floorDiv(Micros.of(after), MICROS_SEEN) + 1) * MICROS_SEEN)));
        query.earlierThan()
                .ifPresent(before ->
                        all.add(Filters.lt(AT, Math.ceilDiv(Micros.of(before), MICROS_SEEN) * MICROS_SEEN)));
        switch (query.among()) {
            case ALL, NOT_INVALIDATED -> {}
            case ROOTS -> all.add(Filters.exists(ROOT));
            case OF_NO_PROJECT -> all.add(Filters.exists(PROJECT, false));
            case ROOTS_OF_NO_PROJECT -> {
                all.add(Filters.exists(ROOT));
                all.add(Filters.exists(PROJECT, false));
            }
        }
        return all.isEmpty() ? new Document() : Filters.and(all);
    }

    /** What comes after the place in the order. */
    static Bson beyond(PageKey key) {
        return Filters.and(
                Filters.lte(AT, key.at()),
                Filters.or(
                        Filters.lt(AT, key.at()),
                        Filters.and(
                                Filters.eq(AT, key.at()),
                                Filters.lt(ID, key.id().toString()))));
    }

    private static String name(EventField field) {
        return switch (field) {
            case ID -> ID;
            case CONTEXT -> CONTEXT;
            case TYPE -> TYPE;
            case SOURCE -> "source";
            case TRIGGERED_ID -> "triggered";
            case GIT_COMMIT_ID -> "commit";
            case PROJECT -> PROJECT;
            case STAGE -> STAGE;
            case SERVICE -> SERVICE;
            case RESULT -> "result";
            case STATUS -> "status";
        };
    }
}
