package sh.keptn.api.project;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Links;
import sh.keptn.api.http.Need;
import sh.keptn.api.http.Paging;
import sh.keptn.api.http.Permission;
import sh.keptn.api.http.Request;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;
import sh.keptn.api.kube.Cluster;
import sh.keptn.api.kube.NanoTime;
import sh.keptn.api.lifecycle.LifeContext;
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

    /** Where Keptn had them before. */
    private static final String OLDER_READ = "/api/configuration-service/v1/project";

    private static final String OLDER_WRITE = "/api/v1/project";

    private final Projects projects;
    private final Stages stages;
    private final ProjectUpstreams upstreams;
    private final ProjectCommand.Provisioning provisioning;
    private final boolean hidesProvisioned;

    /** The room over one cluster. */
    public ProjectRoom(Cluster cluster, GitStore store, Clock clock, ProvisioningRules rules) {
        this.upstreams = new ProjectUpstreams(cluster);
        this.projects = new Projects(cluster, upstreams, store, clock);
        this.stages = new Stages(cluster);
        this.hidesProvisioned = rules.hidesAddress();
        this.provisioning = rules.provisions() ? ProjectCommand.Provisioning.ON : ProjectCommand.Provisioning.OFF;
    }

    @Override
    public void routes(Routes routes) {
        routes.add("GET", BASE, Need.ofHandler(Permission.PROJECTS_READ), this::list)
                .add("POST", BASE, Need.ofHandler(Permission.PROJECTS_WRITE), this::create)
                .add("PUT", BASE, Need.ofHandler(Permission.PROJECTS_WRITE), this::update)
                .get(BASE + "/{project}", Permission.PROJECTS_READ, this::get)
                .delete(BASE + "/{project}", Permission.PROJECTS_DELETE, this::delete);
        routes.add("GET", OLDER_READ, Need.ofHandler(Permission.PROJECTS_READ), this::listOlder)
                .get(OLDER_READ + "/{project}", Permission.PROJECTS_READ, this::getOlder)
                .add("POST", OLDER_WRITE, Need.ofHandler(Permission.PROJECTS_WRITE), this::createOlder)
                .delete(OLDER_WRITE + "/{project}", Permission.PROJECTS_DELETE, this::deleteOlder);
        // What Keptn itself asked of its configuration-service.
        routes.internal("POST", OLDER_READ)
                .internal("PUT", OLDER_READ + "/{project}")
                .internal("DELETE", OLDER_READ + "/{project}")
                .internal("POST", OLDER_READ + "/{project}/stage")
                .internal("POST", OLDER_READ + "/{project}/stage/{stage}/service")
                .internal("DELETE", OLDER_READ + "/{project}/stage/{stage}/service/{service}");
    }

    private Answer list(Request request) {
        Paging.Page<KeptnProject> page = page(request);
        return Links.of(
                request,
                page.nextPageKey(),
                Answer.json(
                        200,
                        new ProjectViews.Listing(
                                page.nextPageKey(),
                                page.totalCount(),
                                page.items().stream().map(this::view).toList())));
    }

    /** Of the projects that the caller may see. */
    private Paging.Page<KeptnProject> page(Request request) {
        Predicate<String> visible = request.visible();
        return Paging.of(request.query())
                .of(projects.list().stream()
                        .filter(project -> visible.test(project.getMetadata().getName()))
                        .toList());
    }

    private Answer get(Request request) {
        return Answer.json(200, view(projects.get(request.project())));
    }

    private Answer create(Request request) {
        ProjectCommand.Create command = ProjectCommand.create(request, provisioning);
        request.require(command.name());
        projects.create(command);
        return Answer.empty(201);
    }

    private Answer update(Request request) {
        ProjectCommand.Update command = ProjectCommand.update(request);
        request.require(command.name());
        projects.update(command);
        return Answer.empty(201);
    }

    private Answer delete(Request request) {
        ProjectName name = request.project();
        projects.delete(name);
        return Answer.json(
                200, Map.of("message", "Project " + name + " is deleted. Its upstream repository is left as it is."));
    }

    private Answer listOlder(Request request) {
        Paging.Page<KeptnProject> page = page(request);
        return Answer.json(
                200,
                new OlderProjects.Listing(
                        page.nextPageKey(),
                        page.totalCount(),
                        page.items().stream()
                                .map(project -> OlderProjects.Project.of(view(project)))
                                .toList()));
    }

    private Answer getOlder(Request request) {
        return Answer.json(200, OlderProjects.Project.of(view(projects.get(request.project()))));
    }

    private Answer createOlder(Request request) {
        ProjectCommand.Create command = ProjectCommand.createOlder(request, provisioning);
        request.require(command.name());
        return Answer.json(200, new OlderProjects.EventContext(LifeContext.ofCreation(projects.create(command))));
    }

    private Answer deleteOlder(Request request) {
        KeptnProject project = projects.get(request.project());
        projects.delete(request.project());
        return Answer.json(200, new OlderProjects.EventContext(LifeContext.ofDeletion(project)));
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
                isProvisioned(project));
    }

    private static boolean isProvisioned(KeptnProject project) {
        return Optional.ofNullable(project.getStatus())
                .flatMap(status -> Optional.ofNullable(status.git()))
                .map(GitStatus::provisioned)
                .orElse(false);
    }

    private ProjectViews.GitCredentials credentials(KeptnProject project) {
        if (hidesProvisioned && isProvisioned(project)) {
            return new ProjectViews.GitCredentials("", "", null);
        }
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
