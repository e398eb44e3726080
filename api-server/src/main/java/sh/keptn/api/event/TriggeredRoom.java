package sh.keptn.api.event;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import sh.keptn.api.event.EventQuery.Start;
import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Links;
import sh.keptn.api.http.Need;
import sh.keptn.api.http.Permission;
import sh.keptn.api.http.Query;
import sh.keptn.api.http.Request;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;
import sh.keptn.api.kube.Cluster;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.ProjectName;

/**
 * Tells agents what there is to do. They ask every second.
 *
 * <pre>
 * curl -H "x-token: $KEPTN_API_TOKEN" \
 *   "$KEPTN_ENDPOINT/controlPlane/v1/event/triggered/sh.keptn.event.deployment.triggered?project=p"
 * </pre>
 */
public final class TriggeredRoom implements Room {
    private static final String LAST_PAGE = "0";
    private static final int DEFAULT_SIZE = 20;
    private static final int LONGEST_OFFSET = 9;
    private static final Map<String, EventField> PARAMETERS = Map.of(
            "eventID", EventField.ID,
            "project", EventField.PROJECT,
            "stage", EventField.STAGE,
            "service", EventField.SERVICE);

    private final OpenTriggers triggers;
    private final Cluster cluster;
    private final Clock clock;

    public TriggeredRoom(OpenTriggers triggers, Cluster cluster, Clock clock) {
        this.triggers = triggers;
        this.cluster = cluster;
        this.clock = clock;
    }

    @Override
    public void routes(Routes routes) {
        routes.add(
                "GET",
                "/api/controlPlane/v1/event/triggered/{eventType}",
                Need.ofHandler(Permission.EVENTS_READ),
                this::open);
    }

    private Answer open(Request request) {
        Query query = request.query();
        int size = size(query);
        Optional<ProjectName> project = query.text("project").map(ProjectName::new);
        project.ifPresentOrElse(request::require, request::requireOnAll);
        project.ifPresent(this::requireProject);
        Map<EventField, String> where = new EnumMap<>(EventField.class);
        PARAMETERS.forEach((name, field) -> query.text(name).ifPresent(value -> where.put(field, value)));
        EventPage page = triggers.open(
                new OpenQuery(request.parameter("eventType"), where, clock.instant(), start(query), Math.max(1, size)));
        ObjectNode body = EventJson.object();
        ArrayNode events = body.putArray("events");
        page.events().stream().limit(size).map(EventJson::toJson).forEach(events::add);
        body.put(
                "nextPageKey",
                size == 0 ? LAST_PAGE : page.next().map(PageKey::text).orElse(LAST_PAGE));
        page.total().stream().filter(total -> total > 0).forEach(total -> body.put("totalCount", total));
        return Links.of(
                request, body.path("nextPageKey").asText(), Answer.bytes(200, Answer.JSON, EventJson.bytes(body)));
    }

    private void requireProject(ProjectName project) {
        if (cluster.projects().get(project.value()).isEmpty()) {
            throw KeptnException.notFound("project", project.value());
        }
    }

    private static Start start(Query query) {
        String key = query.text("nextPageKey").orElse(LAST_PAGE);
        if (key.equals(LAST_PAGE)) {
            return new Start.Newest();
        }
        if (key.length() <= LONGEST_OFFSET && key.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return new Start.Skipping(Integer.parseInt(key));
        }
        return new Start.After(PageKey.parse(key)
                .orElseThrow(() -> KeptnException.invalid("nextPageKey", "is none of this server's")));
    }

    private static int size(Query query) {
        String text = query.text("pageSize").orElse(Integer.toString(DEFAULT_SIZE));
        try {
            long size = Long.parseLong(text);
            if (size >= 0) {
                return (int) Math.min(size, OpenQuery.MAX_LIMIT);
            }
        } catch (NumberFormatException e) {
            // The same answer as for a negative number, below.
        }
        throw KeptnException.invalid("pageSize", "must be a whole number, 0 or above");
    }
}
