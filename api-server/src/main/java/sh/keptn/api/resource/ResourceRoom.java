package sh.keptn.api.resource;

import java.util.Optional;
import java.util.function.Function;
import sh.keptn.api.http.Answer;
import sh.keptn.api.http.EntityTags;
import sh.keptn.api.http.Links;
import sh.keptn.api.http.Paging;
import sh.keptn.api.http.Permission;
import sh.keptn.api.http.Request;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;
import sh.keptn.api.kube.Cluster;
import sh.keptn.api.upstream.ProjectUpstreams;
import sh.keptn.api.upstream.RequestStamper;
import sh.keptn.core.git.GitStore;
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

    /** Where Keptn had them before. */
    private static final String OLDER = "/api/configuration-service/v1/project";

    private static final int NO_CONTENT = 204;

    /** The two collections that resources have had, and their statuses. */
    private enum Manners {
        TODAY(201, 200, 200),
        OLDER(201, 201, NO_CONTENT);

        private final int created;
        private final int updated;
        private final int deleted;

        Manners(int created, int updated, int deleted) {
            this.created = created;
            this.updated = updated;
            this.deleted = deleted;
        }
    }

    private final Resources resources;

    public ResourceRoom(Cluster cluster, ProjectUpstreams upstreams, GitStore store, RequestStamper stamper) {
        this.resources = new Resources(new Places(upstreams, cluster, store), store, stamper);
    }

    @Override
    public void routes(Routes routes) {
        scopes(routes, BASE, Manners.TODAY);
        scopes(routes, OLDER, Manners.OLDER);
        routes.internal(BASE)
                .internal(BASE + "/{project}")
                .internal(BASE + "/{project}/stage")
                .internal(BASE + "/{project}/stage/{stage}")
                .internal(BASE + "/{project}/stage/{stage}/service")
                .internal(BASE + "/{project}/stage/{stage}/service/{service}")
                .internal(BASE + "/{project}/service/{service}/resource")
                .internal(BASE + "/{project}/service/{service}/resource/{uri}");
    }

    private void scopes(Routes routes, String base, Manners manners) {
        scope(
                routes,
                manners,
                base + "/{project}/resource",
                request -> new Place(request.project(), new Scope.OfProject()));
        scope(
                routes,
                manners,
                base + "/{project}/stage/{stage}/resource",
                request -> new Place(request.project(), new Scope.OfStage(request.stage())));
        scope(
                routes,
                manners,
                base + "/{project}/stage/{stage}/service/{service}/resource",
                request -> new Place(request.project(), new Scope.OfService(request.stage(), request.service())));
    }

    /** The six operations that every scope has. */
    private void scope(Routes routes, Manners manners, String base, Function<Request, Place> place) {
        String item = base + "/{uri...}";
        routes.get(base, Permission.RESOURCES_READ, request -> list(request, place.apply(request)))
                .post(
                        base,
                        Permission.RESOURCES_WRITE,
                        request -> write(manners, manners.created, request, place.apply(request)))
                .put(
                        base,
                        Permission.RESOURCES_WRITE,
                        request -> write(manners, manners.updated, request, place.apply(request)))
                .get(item, Permission.RESOURCES_READ, request -> read(request, place.apply(request)))
                .put(item, Permission.RESOURCES_WRITE, request -> writeItem(manners, request, place.apply(request)))
                .delete(item, Permission.RESOURCES_DELETE, request -> delete(manners, request, place.apply(request)));
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
        return marked(listed.head(), Links.of(request, listed.page().nextPageKey(), Answer.json(200, view)));
    }

    private Answer read(Request request, Place place) {
        ResourcePath path = uri(request);
        Optional<Revision> revision = Revision.of(request.query().text("gitCommitID"));
        Resources.Found found = resources.read(place, path, revision, Freshness.of(request));
        String tag = EntityTags.quoted(found.version());
        if (EntityTags.of(request, "If-None-Match")
                .filter(known -> known.covers(found.version()))
                .isPresent()) {
            return marked(found.head(), revalidated(Answer.empty(304), tag));
        }
        Views.Item view = new Views.Item(
                request.parameter("uri"),
                found.content().get().base64(),
                Views.Metadata.of(found.head().upstream(), found.head().commit()));
        return marked(found.head(), revalidated(Answer.json(200, view), tag));
    }

    /** A cache may keep the file for its reader, and asks with its version each time. */
    private static Answer revalidated(Answer answer, String tag) {
        return answer.with("ETag", tag).with("Cache-Control", "private, no-cache");
    }

    private Answer write(Manners manners, int status, Request request, Place place) {
        return written(manners, status, resources.write(place, WriteRequest.ofList(request), WriteTerms.of(request)));
    }

    private Answer writeItem(Manners manners, Request request, Place place) {
        return written(
                manners,
                manners.updated,
                resources.write(place, WriteRequest.ofItem(request, uri(request)), WriteTerms.of(request)));
    }

    private Answer delete(Manners manners, Request request, Place place) {
        return written(manners, manners.deleted, resources.delete(place, uri(request), WriteTerms.of(request)));
    }

    private static Answer written(Manners manners, int status, Resources.Written written) {
        Views.Metadata metadata = Views.Metadata.of(written.project().upstream(), written.commit());
        String commit = written.commit().value();
        Answer answer = switch (manners) {
            case TODAY -> Answer.json(status, new Views.Written(commit, metadata));
            case OLDER ->
                status == NO_CONTENT
                        ? Answer.empty(status)
                        : Answer.json(status, new Views.OlderWritten(commit, commit, metadata));
        };
        Answer told = answer.of(written.commit());
        return written.version()
                .map(version -> told.with("ETag", EntityTags.quoted(version)))
                .orElse(told);
    }

    private static Answer marked(Head head, Answer answer) {
        return head.stale() ? answer.with("Warning", "110 - \"Response is Stale\"") : answer;
    }

    private static ResourcePath uri(Request request) {
        return ResourcePath.parse(request.parameter("uri"));
    }
}
