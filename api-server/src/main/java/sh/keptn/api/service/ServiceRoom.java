package sh.keptn.api.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Json;
import sh.keptn.api.http.Paging;
import sh.keptn.api.http.Request;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;
import sh.keptn.api.kube.Cluster;
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
    private static final Map<String, String> DONE = Map.of("message", "");

    private final Services services;
    private final ServicesOnStage onStage;

    public ServiceRoom(Cluster cluster, GitStore store, Clock clock, ServicesOnStage onStage) {
        this.services = new Services(cluster, new ProjectUpstreams(cluster), store, clock);
        this.onStage = onStage;
    }

    private record Body(@Nullable String serviceName) {}

    private record Listing(
            String nextPageKey,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int totalCount,
            List<ServiceView> services) {}

    @Override
    public void routes(Routes routes) {
        routes.get(ON_STAGE, this::list)
                .get(ON_STAGE + "/{service}", this::get)
                .post(PROJECT + "/service", this::create)
                .delete(PROJECT + "/service/{service}", this::delete);
    }

    private Answer list(Request request) {
        Paging paging = Paging.of(request.query());
        Paging.Page<ServiceView> page = paging.of(onStage.of(request.project(), request.stage()));
        return Answer.json(200, new Listing(page.nextPageKey(), page.totalCount(), page.items()));
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
        Body body = request.json(Body.class, Json.Unknown.IGNORED);
        String name = Optional.ofNullable(body.serviceName()).orElse("");
        if (name.isEmpty()) {
            throw KeptnException.invalid("serviceName", "is missing");
        }
        services.create(request.project(), new ServiceName(name));
        return Answer.json(200, DONE);
    }

    private Answer delete(Request request) {
        services.delete(request.project(), request.service());
        return Answer.json(200, DONE);
    }
}
