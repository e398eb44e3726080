package sh.keptn.api.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Need;
import sh.keptn.api.http.Permission;
import sh.keptn.api.http.Request;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;

/**
 * Takes events, in each of the modes of CloudEvents. The answer means that the event is kept.
 *
 * <pre>
 * curl -H "x-token: $KEPTN_API_TOKEN" -H "Content-Type: application/json" $KEPTN_ENDPOINT/v1/event \
 *   -d '{"type":"sh.keptn.event.dev.delivery.triggered","source":"me","data":{"project":"p","stage":"dev","service":"s"}}'
 * </pre>
 */
public final class EventRoom implements Room {

    private final EventIntake intake;
    private final EventRules rules;

    public EventRoom(EventIntake intake, EventRules rules) {
        this.intake = intake;
        this.rules = rules;
    }

    @Override
    public void routes(Routes routes) {
        routes.add("POST", "/api/v1/event", Need.ofHandler(Permission.EVENTS_WRITE), this::post);
    }

    /** Every event is checked before the first is kept. */
    private Answer post(Request request) {
        Arrivals arrivals = Arrivals.of(request);
        Optional<String> key = request.idempotencyKey();
        arrivals.events().forEach(arrival -> {
            arrival.event().project().ifPresentOrElse(request::require, request::requireOnAll);
            rules.check(arrival.event(), arrival.bytes());
        });
        List<Map<String, String>> contexts = new ArrayList<>();
        for (Arrivals.Arrival arrival : arrivals.events()) {
            String suffix = arrivals.batch() ? "#" + contexts.size() : "";
            contexts.add(Map.of("keptnContext", intake.take(arrival.event(), key.map(name -> name + suffix))));
        }
        return Answer.json(200, arrivals.batch() ? contexts : contexts.getFirst());
    }
}
