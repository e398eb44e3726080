package sh.keptn.api.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sh.keptn.api.event.EventIntake;
import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Json;
import sh.keptn.api.http.Permission;
import sh.keptn.api.http.Refusal;
import sh.keptn.api.http.Request;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;
import sh.keptn.api.service.ServicesOnStage;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.StageName;

/**
 * Asks for the evaluation of a service.
 *
 * <pre>
 * curl -H "x-token: $KEPTN_API_TOKEN" -H "Content-Type: application/json" -d '{"timeframe":"10m"}' \
 *   $KEPTN_ENDPOINT/controlPlane/v1/project/podtato-head/stage/dev/service/helloservice/evaluation
 * </pre>
 */
public final class EvaluationRoom implements Room {
    private static final String SOURCE = "https://github.com/keptn/keptn/api";

    /** The codes in the body of a failure; a bad time frame has none. */
    private static final int NOT_SENT = 1;

    private static final int UNKNOWN = 2;

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final ServicesOnStage services;
    private final EventIntake events;
    private final Clock clock;

    public EvaluationRoom(ServicesOnStage services, EventIntake events, Clock clock) {
        this.services = services;
        this.events = events;
        this.clock = clock;
    }

    private record Body(
            @Nullable String start,
            @Nullable String end,
            @Nullable String timeframe,
            @Nullable Map<String, @Nullable String> labels,
            @Nullable String gitcommitid) {}

    @Override
    public void routes(Routes routes) {
        routes.post(
                "/api/controlPlane/v1/project/{project}/stage/{stage}/service/{service}/evaluation",
                Permission.EVENTS_WRITE,
                this::evaluate);
    }

    private Answer evaluate(Request request) {
        Body body = request.json(Body.class, Json.Unknown.IGNORED);
        TimeFrame frame = TimeFrame.of(body.start(), body.end(), body.timeframe(), now());
        StageName stage = requireService(request);
        ObjectNode data = data(request, body, frame);
        String type = "sh.keptn.event." + stage + ".evaluation.triggered";
        return Answer.json(200, Map.of("keptnContext", send(type, body, data)));
    }

    /** A name that cannot be one is unknown too. */
    private StageName requireService(Request request) {
        try {
            ServiceName name = request.service();
            StageName stage = request.stage();
            boolean there = services.of(request.project(), stage).stream()
                    .anyMatch(service -> service.serviceName().equals(name.value()));
            if (!there) {
                throw KeptnException.notFound("service", name.value());
            }
            return stage;
        } catch (KeptnException e) {
            if (e.error() instanceof KeptnError.NotFound || e.error() instanceof KeptnError.Invalid) {
                throw new Refusal(400, UNKNOWN, e.error().message());
            }
            throw e;
        }
    }

    private String send(String type, Body body, ObjectNode data) {
        String commit = Optional.ofNullable(body.gitcommitid())
                .filter(id -> !id.isEmpty())
                .orElse(null);
        try {
            return events.tell(type, SOURCE, commit, data);
        } catch (KeptnException e) {
            if (e.error() instanceof KeptnError.Unavailable unavailable) {
                String wait = Long.toString(Math.max(1, unavailable.retryAfter().toSeconds()));
                throw new Refusal(503, NOT_SENT, unavailable.message(), Map.of("Retry-After", wait));
            }
            throw e;
        }
    }

    private static ObjectNode data(Request request, Body body, TimeFrame frame) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("project", request.parameter("project"));
        data.put("stage", request.parameter("stage"));
        data.put("service", request.parameter("service"));
        if (body.labels() != null) {
            body.labels().forEach(data.putObject("labels")::put);
        }
        data.putObject("evaluation").put("start", TIME.format(frame.start())).put("end", TIME.format(frame.end()));
        return data;
    }

    private Instant now() {
        return clock.instant();
    }
}
