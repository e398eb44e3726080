package sh.keptn.api.event;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import sh.keptn.api.event.EventLog.Appended;
import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Request;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/**
 * Takes events. The answer means that the event is kept.
 *
 * <pre>
 * curl -H "x-token: $KEPTN_API_TOKEN" -H "Content-Type: application/json" $KEPTN_ENDPOINT/v1/event \
 *   -d '{"type":"sh.keptn.event.dev.delivery.triggered","source":"me","data":{"project":"p","stage":"dev","service":"s"}}'
 * </pre>
 */
public final class EventRoom implements Room {
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final int MAX_KEY = 255;

    private final EventLog log;
    private final EventRules rules;
    private final Micros times;

    public EventRoom(EventLog log, EventRules rules, Clock clock) {
        this.log = log;
        this.rules = rules;
        this.times = new Micros(clock);
    }

    @Override
    public void routes(Routes routes) {
        routes.post("/api/v1/event", this::post);
    }

    private Answer post(Request request) {
        if (request.header("Content-Type").isPresent()) {
            request.requireJson();
        }
        byte[] body = request.body();
        if (body.length == 0) {
            throw KeptnException.invalid("body", "is empty");
        }
        request.requireJson();
        Optional<String> key = idempotencyKey(request);
        IncomingEvent incoming = IncomingEvent.parse(body);
        rules.check(incoming, body.length);
        KeptnEvent event = incoming.accepted(times.next());
        String context = switch (log.append(event, incoming.repeat(key))) {
            case Appended.Stored() -> event.keptnContext();
            case Appended.Repeated(String first) -> first;
            case Appended.KeyTaken() ->
                throw new KeptnException(
                        new KeptnError.Denied(IDEMPOTENCY_KEY, "was used with another body within a day"));
        };
        return Answer.json(200, Map.of("keptnContext", context));
    }

    private static Optional<String> idempotencyKey(Request request) {
        Optional<String> key = request.header(IDEMPOTENCY_KEY);
        if (key.filter(text -> text.isBlank() || text.length() > MAX_KEY).isPresent()) {
            throw KeptnException.invalid(IDEMPOTENCY_KEY, "must have from 1 to " + MAX_KEY + " characters");
        }
        return key;
    }
}
