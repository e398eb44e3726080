package sh.keptn.api.resource;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Paging;
import sh.keptn.api.http.Request;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;
import sh.keptn.api.kube.Cluster;
import sh.keptn.api.upstream.ProjectUpstreams;
import sh.keptn.api.upstream.RequestStamper;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.model.Printable;
import sh.keptn.core.model.ResourcePath;
import sh.keptn.core.model.Scope;

/**
 * Keptn's resource-service:
 *
 * <pre>{@code
 * curl -X POST -H "x-token: $KEPTN_API_TOKEN" -H "Content-Type: application/json" \
 *   $KEPTN_ENDPOINT/resource-service/v1/project/P/stage/S/service/SVC/resource \
 *   -d '{"resources":[{"resourceURI":"helm/values.yaml","resourceContent":"<base64>"}]}'
 * }</pre>
 */
public final class ResourceRoom implements Room {
    private static final String BASE = "/api/resource-service/v1/project";
    private static final Pattern CONTEXT = Pattern.compile("[0-9A-Za-z-]{1,64}");

    private final Resources resources;

    public ResourceRoom(Cluster cluster, ProjectUpstreams upstreams, GitStore store, RequestStamper stamper) {
        this.resources = new Resources(new Places(upstreams, cluster, store), store, stamper);
    }

    @Override
    public void routes(Routes routes) {
        scope(routes, BASE + "/{project}/resource", request -> new Place(request.project(), new Scope.OfProject()));
        scope(
                routes,
                BASE + "/{project}/stage/{stage}/resource",
                request -> new Place(request.project(), new Scope.OfStage(request.stage())));
        scope(
                routes,
                BASE + "/{project}/stage/{stage}/service/{service}/resource",
                request -> new Place(request.project(), new Scope.OfService(request.stage(), request.service())));
        routes.internal(BASE)
                .internal(BASE + "/{project}")
                .internal(BASE + "/{project}/stage")
                .internal(BASE + "/{project}/stage/{stage}")
                .internal(BASE + "/{project}/stage/{stage}/service")
                .internal(BASE + "/{project}/stage/{stage}/service/{service}")
                .internal(BASE + "/{project}/service/{service}/resource")
                .internal(BASE + "/{project}/service/{service}/resource/{uri}");
    }

    /** The six operations that every scope has. */
    private void scope(Routes routes, String base, Function<Request, Place> place) {
        String item = base + "/{uri...}";
        routes.get(base, request -> list(request, place.apply(request)))
                .post(base, request -> write(201, request, place.apply(request)))
                .put(base, request -> write(200, request, place.apply(request)))
                .get(item, request -> read(request, place.apply(request)))
                .put(item, request -> writeItem(request, place.apply(request)))
                .delete(item, request -> delete(request, place.apply(request)));
    }

    private Answer list(Request request, Place place) {
        Resources.Listed listed = resources.list(place, Paging.of(request.query()), Freshness.of(request));
        Views.Metadata metadata =
                Views.Metadata.of(listed.head().upstream(), listed.head().commit());
        Views.Listing view = new Views.Listing(
                listed.page().nextPageKey(),
                listed.page().totalCount(),
                listed.page().items().stream()
                        .map(name -> new Views.Listed(name, metadata))
                        .toList());
        return marked(listed.head(), Answer.json(200, view));
    }

    private Answer read(Request request, Place place) {
        ResourcePath path = uri(request);
        Optional<Revision> revision = Revision.of(request.query().text("gitCommitID"));
        Resources.Found found = resources.read(place, path, revision, Freshness.of(request));
        Views.Item view = new Views.Item(
                request.parameter("uri"),
                found.content().base64(),
                Views.Metadata.of(found.head().upstream(), found.head().commit()));
        return marked(found.head(), Answer.json(200, view));
    }

    private Answer write(int status, Request request, Place place) {
        return written(status, resources.write(place, WriteRequest.ofList(request), trailers(request)));
    }

    private Answer writeItem(Request request, Place place) {
        return written(200, resources.write(place, WriteRequest.ofItem(request, uri(request)), trailers(request)));
    }

    private Answer delete(Request request, Place place) {
        return written(200, resources.delete(place, uri(request), trailers(request)));
    }

    private static Answer written(int status, Resources.Written written) {
        return Answer.json(
                status,
                new Views.Written(
                        written.commit().value(),
                        Views.Metadata.of(written.project().upstream(), written.commit())));
    }

    private static Answer marked(Head head, Answer answer) {
        return head.stale() ? answer.with("Warning", "110 - \"Response is Stale\"") : answer;
    }

    private static ResourcePath uri(Request request) {
        return ResourcePath.parse(request.parameter("uri"));
    }

    /** On whose behalf the commit is made, as far as the request says so. */
    private static Map<String, String> trailers(Request request) {
        Map<String, String> trailers = new LinkedHashMap<>();
        request.header("User-Agent").ifPresent(agent -> trailers.put("Keptn-Caller", Printable.of(agent)));
        request.header("shkeptncontext")
                .filter(context -> CONTEXT.matcher(context).matches())
                .ifPresent(context -> trailers.put("Keptn-Context", context));
        return trailers;
    }
}
