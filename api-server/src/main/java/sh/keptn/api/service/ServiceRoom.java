package sh.keptn.api.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Json;
import sh.keptn.api.http.Links;
import sh.keptn.api.http.Paging;
import sh.keptn.api.http.Permission;
import sh.keptn.api.http.Request;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;
import sh.keptn.api.kube.Cluster;
import sh.keptn.api.kube.OnceMade;
import sh.keptn.api.lifecycle.LifeContext;
import sh.keptn.api.upstream.ProjectUpstreams;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.model.ServiceName;

/**
 * {@code curl -X POST -H "x-token: $KEPTN_API_TOKEN" -H "Content-Type: application/json"
 * $KEPTN_ENDPOINT/controlPlane/v1/project/P/service -d '{"serviceName":"carts"}'}
 */
public final class ServiceRoom implements Room {
    private static final String PROJECT = "/api/controlPlane/v1/project/{project}";
    private static final String ON_STAGE = PROJECT + "/stage/{stage}/service";
    /** Where Keptn had them before. */
    private static final String OLDER_ON_STAGE =
            "/api/configuration-service/v1/project/{project}/stage/{stage}/service";

    private static final String OLDER_CREATE = "/api/v1/project/{project}/service";
    private static final Map<String, String> DONE = Map.of("message", "");

    private final Services services;
    private final ServicesOnStage onStage;

    public ServiceRoom(Cluster cluster, GitStore store, Clock clock, ServicesOnStage onStage) {
        this.services = new Services(cluster, new ProjectUpstreams(cluster), store, clock);
        this.onStage = onStage;
    }

    private record Body(
            @Nullable String serviceName, @Nullable String helmChart) {}

    /** Keptn's answer at its older addresses: under which context the events of what was done are found. */
    private record EventContext(String keptnContext) {}

    private record Listing(
            String nextPageKey,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int totalCount,
            List<ServiceView> services) {}

    @Override
    public void routes(Routes routes) {
        routes.get(ON_STAGE, Permission.SERVICES_READ, this::list)
                .get(ON_STAGE + "/{service}", Permission.SERVICES_READ, this::get)
                .post(PROJECT + "/service", Permission.SERVICES_WRITE, this::create)
                .delete(PROJECT + "/service/{service}", Permission.SERVICES_DELETE, this::delete);
        routes.get(OLDER_ON_STAGE, Permission.SERVICES_READ, this::list)
                .get(OLDER_ON_STAGE + "/{service}", Permission.SERVICES_READ, this::get)
                .post(OLDER_CREATE, Permission.SERVICES_WRITE, this::createOlder);
    }

    private Answer list(Request request) {
        Paging paging = Paging.of(request.query());
        Paging.Page<ServiceView> page = paging.of(onStage.of(request.project(), request.stage()));
        return Links.of(
                request,
                page.nextPageKey(),
                Answer.json(200, new Listing(page.nextPageKey(), page.totalCount(), page.items())));
    }

    private Answer get(Request request) {
        ServiceName name = request.service();
        return onStage.of(request.project(), request.stage()).stream()
                .filter(service -> service.serviceName().equals(name.value()))
                .findFirst()
                .map(service -> Answer.json(200, service))
                .orElseThrow(() -> KeptnException.notFound("service", name.value()));
    }

    private Answer create(Request request) {
        ServiceName name = name(request.json(Body.class, Json.Unknown.IGNORED));
        services.create(request.project(), name, once(request, name));
        return Answer.json(200, DONE);
    }

    private static Optional<OnceMade> once(Request request, ServiceName name) {
        return request.idempotencyKey().map(key -> OnceMade.of(key, request.project() + "\n" + name));
    }

    /** A chart came along with the service once; it is a resource now, and must not get lost unnoticed. */
    private Answer createOlder(Request request) {
        Body body = request.json(Body.class, Json.Unknown.IGNORED);
        ServiceName name = name(body);
        if (body.helmChart() != null && !body.helmChart().isEmpty()) {
            throw KeptnException.invalid(
                    "helmChart",
                    "is not taken here any more: create the service, then add the resource helm/" + name + ".tgz");
        }
        return Answer.json(
                200,
                new EventContext(
                        LifeContext.ofCreation(services.create(request.project(), name, once(request, name)))));
    }

    /** The name in the body of a request that wants a service made. */
    public static ServiceName name(byte[] json) {
        return name(Json.read(json, Body.class, Json.Unknown.IGNORED));
    }

    private static ServiceName name(Body body) {
        String name = Optional.ofNullable(body.serviceName()).orElse("");
        if (name.isEmpty()) {
            throw KeptnException.invalid("serviceName", "is missing");
        }
        return new ServiceName(name);
    }

    private Answer delete(Request request) {
        services.delete(request.project(), request.service());
        return Answer.json(200, DONE);
    }
}
