package sh.keptn.api.uniform;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Json;
import sh.keptn.api.http.Need;
import sh.keptn.api.http.Permission;
import sh.keptn.api.http.Query;
import sh.keptn.api.http.Request;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;
import sh.keptn.api.uniform.RegistrationQuery.Field;

/**
 * Where integrations introduce themselves, say that they live, and are told what to listen to.
 *
 * <pre>
 * curl -H "x-token: $KEPTN_API_TOKEN" "$KEPTN_ENDPOINT/controlPlane/v1/uniform/registration?name=webhook-service"
 * </pre>
 */
public final class UniformRoom implements Room {
    private static final String REGISTRATION = "/api/controlPlane/v1/uniform/registration";
    private static final String ONE = REGISTRATION + "/{integrationID}";
    private static final String SUBSCRIPTION = ONE + "/subscription";
    private static final String ONE_SUBSCRIPTION = SUBSCRIPTION + "/{subscriptionID}";
    private static final Map<String, Field> PARAMETERS = Map.of(
            "id", Field.ID,
            "name", Field.NAME,
            "namespace", Field.NAMESPACE,
            "hostname", Field.HOSTNAME,
            "project", Field.PROJECT,
            "stage", Field.STAGE,
            "service", Field.SERVICE);

    private final Uniform uniform;
    private final Clock clock;

    public UniformRoom(Uniform uniform, Clock clock) {
        this.uniform = uniform;
        this.clock = clock;
    }

    @Override
    public void routes(Routes routes) {
        // An integration belongs to no project, whatever its subscriptions name.
        Need read = Need.ofNoProject(Permission.INTEGRATIONS_READ);
        Need write = Need.ofNoProject(Permission.INTEGRATIONS_WRITE);
        Need delete = Need.ofNoProject(Permission.INTEGRATIONS_DELETE);
        routes.add("GET", REGISTRATION, read, this::find)
                .add("POST", REGISTRATION, write, this::register)
                .add("DELETE", ONE, delete, this::unregister)
                .add("PUT", ONE + "/ping", write, this::ping)
                .add("GET", SUBSCRIPTION, read, this::subscriptions)
                .add("POST", SUBSCRIPTION, write, this::subscribe)
                .add("GET", ONE_SUBSCRIPTION, read, this::subscription)
                .add("PUT", ONE_SUBSCRIPTION, write, this::putSubscription)
                .add("DELETE", ONE_SUBSCRIPTION, delete, this::unsubscribe);
    }

    private Answer find(Request request) {
        Query query = request.query();
        Map<Field, String> where = new EnumMap<>(Field.class);
        PARAMETERS.forEach((name, field) -> query.text(name).ifPresent(value -> where.put(field, value)));
        List<IntegrationView> found = uniform.find(new RegistrationQuery(where)).stream()
                .map(IntegrationView::of)
                .toList();
        return Answer.json(200, found);
    }

    private Answer register(Request request) {
        RegistrationBody body = request.json(RegistrationBody.class, Json.Unknown.IGNORED);
        return switch (uniform.register(body.integration(clock.instant()))) {
            case Registrations.Registered.Created(String id) -> Answer.json(201, Map.of("id", id));
            case Registrations.Registered.Known(String id) -> Answer.json(200, Map.of("id", id));
        };
    }

    private Answer unregister(Request request) {
        uniform.remove(integration(request));
        return Answer.json(200, Map.of());
    }

    private Answer ping(Request request) {
        return Answer.json(200, IntegrationView.of(uniform.ping(integration(request))));
    }

    /** Keptn says null where there are none, and its clients read both. */
    private Answer subscriptions(Request request) {
        List<Subscription> all = uniform.get(integration(request)).subscriptions();
        return all.isEmpty()
                ? Answer.bytes(200, Answer.JSON, "null".getBytes(StandardCharsets.UTF_8))
                : Answer.json(200, all);
    }

    private Answer subscribe(Request request) {
        request.requireJson();
        Subscription subscription = Subscription.read(request.body());
        uniform.put(integration(request), subscription);
        return Answer.json(201, Map.of("id", subscription.id()));
    }

    private Answer subscription(Request request) {
        return Answer.json(200, uniform.subscription(integration(request), request.parameter("subscriptionID")));
    }

    private Answer putSubscription(Request request) {
        String id = SubscriptionBody.checked("subscriptionID", request.parameter("subscriptionID"));
        SubscriptionBody body = request.json(SubscriptionBody.class, Json.Unknown.IGNORED);
        uniform.put(integration(request), body.named(id));
        return Answer.json(201, Map.of("id", id));
    }

    private Answer unsubscribe(Request request) {
        uniform.removeSubscription(integration(request), request.parameter("subscriptionID"));
        return Answer.json(200, Map.of());
    }

    private static String integration(Request request) {
        return request.parameter("integrationID");
    }
}
