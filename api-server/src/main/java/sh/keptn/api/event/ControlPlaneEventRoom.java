package sh.keptn.api.event;

import java.util.Optional;
import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Need;
import sh.keptn.api.http.Permission;
import sh.keptn.api.http.Request;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;

/**
 * Takes events at the address of Keptn's controller, which no document of Keptn named and some clients use. It insists on
 * more than the event API and answers less; everything else is the same.
 */
public final class ControlPlaneEventRoom implements Room {
    private final EventIntake intake;
    private final EventRules rules;

    public ControlPlaneEventRoom(EventIntake intake, EventRules rules) {
        this.intake = intake;
        this.rules = rules;
    }

    @Override
    public void routes(Routes routes) {
        routes.add("POST", "/api/controlPlane/v1/event", Need.ofHandler(Permission.EVENTS_WRITE), this::post);
    }

    private Answer post(Request request) {
        request.requireJson();
        byte[] body = request.body();
        IncomingEvent incoming = IncomingEvent.parseComplete(EventJson.read(body));
        incoming.project().ifPresentOrElse(request::require, request::requireOnAll);
        rules.check(incoming, body.length);
        intake.take(incoming, Optional.empty());
        return Answer.empty(200);
    }
}
