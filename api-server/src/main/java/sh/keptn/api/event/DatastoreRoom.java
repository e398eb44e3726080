package sh.keptn.api.event;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sh.keptn.api.event.EventQuery.Among;
import sh.keptn.api.event.EventQuery.Start;
import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Query;
import sh.keptn.api.http.Request;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;
import sh.keptn.core.error.KeptnException;

/**
 * Finds events, newest first.
 *
 * <pre>
 * curl -H "x-token: $KEPTN_API_TOKEN" "$KEPTN_ENDPOINT/mongodb-datastore/event?project=p&amp;pageSize=20"
 * </pre>
 */
public final class DatastoreRoom implements Room {
    private static final String EVENT = "/api/mongodb-datastore/event";
    private static final int DEFAULT_SIZE = 20;
    private static final int LONGEST_OFFSET = 9;
    private static final Map<String, EventField> PARAMETERS = Map.of(
            "keptnContext", EventField.CONTEXT,
            "type", EventField.TYPE,
            "project", EventField.PROJECT,
            "stage", EventField.STAGE,
            "service", EventField.SERVICE,
            "eventID", EventField.ID,
            "source", EventField.SOURCE);

    private final EventQueries events;

    public DatastoreRoom(EventQueries events) {
        this.events = events;
    }

    @Override
    public void routes(Routes routes) {
        routes.get(EVENT, this::find).get(EVENT + "/type/{eventType}", this::findByType);
        // Written by the event API alone; Keptn's gateway kept these inside.
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            routes.internal(method, EVENT);
        }
        routes.internal("/api/mongodb-datastore/health");
    }

    private Answer find(Request request) {
        Query query = request.query();
        int size = number(query, "pageSize");
        Map<EventField, List<String>> where = new EnumMap<>(EventField.class);
        PARAMETERS.forEach((name, field) -> query.text(name).ifPresent(value -> where.put(field, List.of(value))));
        EventPage page = events.find(new EventQuery(
                where, time(query, "fromTime"), time(query, "beforeTime"), among(query, where), start(query), size));
        ObjectNode body = EventJson.object();
        body.set("events", json(page));
        page.next().ifPresent(next -> body.put("nextPageKey", next.text()));
        body.put("pageSize", size);
        page.total().stream().filter(total -> total > 0).forEach(total -> body.put("totalCount", total));
        return Answer.bytes(200, Answer.JSON, EventJson.bytes(body));
    }

    private Answer findByType(Request request) {
        Query query = request.query();
        int limit = number(query, "limit");
        String filter = query.text("filter").orElseThrow(() -> Violation.required("filter in query"));
        Map<EventField, List<String>> where = new EnumMap<>(EventField.class);
        where.putAll(FilterExpression.parse(filter));
        if (!where.containsKey(EventField.PROJECT) && !where.containsKey(EventField.CONTEXT)) {
            throw KeptnException.invalid("filter", "must hold data.project or shkeptncontext");
        }
        List<String> type = List.of(request.parameter("eventType"));
        if (where.containsKey(EventField.TYPE)) {
            throw KeptnException.invalid("filter", "the type stands in the path");
        }
        where.put(EventField.TYPE, type);
        Among among =
                query.text("excludeInvalidated").filter("true"::equals).isPresent() ? Among.NOT_INVALIDATED : Among.ALL;
        EventPage page =
                events.find(new EventQuery(where, time(query, "fromTime"), null, among, new Start.Newest(), limit));
        ObjectNode body = EventJson.object();
        body.set("events", json(page));
        return Answer.bytes(200, Answer.JSON, EventJson.bytes(body));
    }

    /** Keptn looks among the events without a project when neither a project nor a context is named. */
    private static Among among(Query query, Map<EventField, List<String>> where) {
        boolean anyProject = where.containsKey(EventField.PROJECT) || where.containsKey(EventField.CONTEXT);
        if (query.has("root")) {
            return anyProject ? Among.ROOTS : Among.ROOTS_OF_NO_PROJECT;
        }
        return anyProject ? Among.ALL : Among.OF_NO_PROJECT;
    }

    private static ArrayNode json(EventPage page) {
        ArrayNode array = EventJson.object().arrayNode();
        page.events().forEach(event -> array.add(EventJson.toJson(event)));
        return array;
    }

    private static Start start(Query query) {
        String key = query.text("nextPageKey").orElse("0");
        if (key.equals("0")) {
            return new Start.Newest();
        }
        if (key.length() <= LONGEST_OFFSET && key.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return new Start.Skipping(Integer.parseInt(key));
        }
        return new Start.After(PageKey.parse(key)
                .orElseThrow(() -> KeptnException.invalid("nextPageKey", "is none of this server's")));
    }

    private static int number(Query query, String name) {
        String text = query.text(name).orElse(Integer.toString(DEFAULT_SIZE));
        long number;
        try {
            number = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Violation.wrongType(name + " in query", "int64");
        }
        if (number < 1) {
            throw Violation.below(name + " in query", 1);
        }
        if (number > EventQuery.MAX_LIMIT) {
            throw Violation.above(name + " in query", EventQuery.MAX_LIMIT);
        }
        return (int) number;
    }

    private static @Nullable Instant time(Query query, String name) {
        return query.text(name)
                .map(text -> ClientTime.parse(text)
                        .orElseThrow(() -> KeptnException.invalid(name, "must be a date and time as in ISO 8601")))
                .orElse(null);
    }
}
