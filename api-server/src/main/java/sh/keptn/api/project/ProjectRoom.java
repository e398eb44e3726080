package sh.keptn.api.project;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Paging;
import sh.keptn.api.http.Request;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;
import sh.keptn.api.kube.Cluster;
import sh.keptn.api.kube.NanoTime;
import sh.keptn.api.stage.Stages;
import sh.keptn.api.upstream.ProjectUpstreams;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.Authentication;
import sh.keptn.core.git.GitAccess;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.model.ProjectName;
import sh.keptn.crds.project.GitStatus;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.ShipyardStatus;

/**
 * {@code curl -X POST -H "x-token: $KEPTN_API_TOKEN" -H "Content-Type: application/json"
 * $KEPTN_ENDPOINT/controlPlane/v1/project -d '{"name":"P","shipyard":"<base64>","gitCredentials":{...}}'}
 */
public final class ProjectRoom implements Room {
    private static final String BASE = "/api/controlPlane/v1/project";

    private final Projects projects;
    private final Stages stages;
    private final ProjectUpstreams upstreams;
    private final ProjectCommand.Provisioning provisioning;

    /**
     * The room over one cluster.
     *
     * @param provisions whether a project may be made without credentials
     */
    public ProjectRoom(Cluster cluster, GitStore store, Clock clock, boolean provisions) {
        this.upstreams = new ProjectUpstreams(cluster);
        this.projects = new Projects(cluster, upstreams, store, clock);
        this.stages = new Stages(cluster);
        this.provisioning = provisions ? ProjectCommand.Provisioning.ON : ProjectCommand.Provisioning.OFF;
    }

    @Override
    public void routes(Routes routes) {
        routes.get(BASE, this::list)
                .post(BASE, this::create)
                .put(BASE, this::update)
                .get(BASE + "/{project}", this::get)
                .delete(BASE + "/{project}", this::delete);
    }

    private Answer list(Request request) {
        Paging.Page<KeptnProject> page = Paging.of(request.query()).of(projects.list());
        return Answer.json(
                200,
                new ProjectViews.Listing(
                        page.nextPageKey(),
                        page.totalCount(),
                        page.items().stream().map(this::view).toList()));
    }

    private Answer get(Request request) {
        return Answer.json(200, view(projects.get(request.project())));
    }

    private Answer create(Request request) {
        projects.create(ProjectCommand.create(request, provisioning));
        return Answer.empty(201);
    }

    private Answer update(Request request) {
        projects.update(ProjectCommand.update(request));
        return Answer.empty(201);
    }

    private Answer delete(Request request) {
        ProjectName name = request.project();
        projects.delete(name);
        return Answer.json(
                200, Map.of("message", "Project " + name + " is deleted. Its upstream repository is left as it is."));
    }

    private ProjectViews.Project view(KeptnProject project) {
        Optional<ShipyardStatus> shipyard =
                Optional.ofNullable(project.getStatus()).flatMap(status -> Optional.ofNullable(status.shipyard()));
        return new ProjectViews.Project(
                project.getMetadata().getName(),
                NanoTime.of(project),
                shipyard.map(ShipyardStatus::content)
                        .or(() -> Optional.ofNullable(project.getSpec().initialShipyard()))
                        .orElse(""),
                shipyard.map(ShipyardStatus::apiVersion).orElse(""),
                stages.of(project),
                credentials(project),
                Optional.ofNullable(project.getStatus())
                        .flatMap(status -> Optional.ofNullable(status.git()))
                        .map(GitStatus::provisioned)
                        .orElse(false));
    }

    private ProjectViews.GitCredentials credentials(KeptnProject project) {
        String url = Optional.ofNullable(project.getSpec().git().url()).orElse("");
        try {
            GitAccess access = upstreams
                    .credentials(new ProjectName(project.getMetadata().getName()), project)
                    .access();
            return new ProjectViews.GitCredentials(url, user(access), https(access));
        } catch (KeptnException e) {
            // Unreadable credentials show in the project's conditions; they must not hide the project.
            return new ProjectViews.GitCredentials(url, "", null);
        }
    }

    private static String user(GitAccess access) {
        return switch (access.authentication()) {
            case Authentication.Basic(String user, var _) -> user;
            case Authentication.None() -> "";
            case Authentication.Ssh _ -> "";
        };
    }

    private static ProjectViews.@Nullable Https https(GitAccess access) {
        if (access.authentication() instanceof Authentication.Ssh) {
            return null;
        }
        return new ProjectViews.Https(
                access.insecureSkipTls(),
                access.proxy()
                        .map(proxy -> new ProjectViews.Proxy(proxy.host() + ":" + proxy.port(), "http", proxy.user()))
                        .orElse(null));
    }
}
