package sh.keptn.api.project;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sh.keptn.api.kube.Cluster;
import sh.keptn.api.kube.Deadline;
import sh.keptn.api.upstream.ProjectUpstream;
import sh.keptn.api.upstream.ProjectUpstreams;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.Change;
import sh.keptn.core.git.CommitMessage;
import sh.keptn.core.git.CommitRequest;
import sh.keptn.core.git.Content;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.Shipyard;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.StageStatus;

/** PUT project: everything is checked before anything is switched. */
final class ProjectUpdate {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final ProjectUpstreams upstreams;
    private final GitStore store;
    private final Clock clock;
    private final ProjectResources resources;
    private final CredentialSecrets secrets;
    private final NewUpstream newUpstream;

    ProjectUpdate(Cluster cluster, ProjectUpstreams upstreams, GitStore store, Clock clock) {
        this.cluster = cluster;
        this.upstreams = upstreams;
        this.store = store;
        this.clock = clock;
        this.resources = new ProjectResources(cluster);
        this.secrets = new CredentialSecrets(cluster, clock);
        this.newUpstream = new NewUpstream(store);
    }

    void apply(ProjectCommand.Update command) {
        Deadline deadline = Deadline.in(PATIENCE, clock);
        KeptnProject project = cluster.projects()
                .live(command.name().value())
                .orElseThrow(
                        () -> KeptnException.notFound("project", command.name().value()));
        command.shipyard().ifPresent(shipyard -> requireAllStages(project, shipyard));
        command.credentials().ifPresent(credentials -> {
            newUpstream.requireReachable(command.name(), credentials);
            connect(project, command.name(), credentials, deadline);
        });
        command.shipyard().ifPresent(shipyard -> commit(command.name(), shipyard, deadline));
    }

    /** Stages may be added, which Keptn refused; one that is there must stay. */
    private static void requireAllStages(KeptnProject project, Shipyard shipyard) {
        List<StageStatus> stages =
                project.getStatus() == null ? List.of() : project.getStatus().stages();
        List<String> wanted =
                shipyard.stageNames().stream().map(stage -> stage.value()).toList();
        stages.stream()
                .map(StageStatus::name)
                .filter(stage -> !wanted.contains(stage))
                .findFirst()
                .ifPresent(stage -> {
                    throw KeptnException.invalid(
                            "shipyard", "stage '" + stage + "' is missing; stages cannot be removed or renamed");
                });
        Optional.ofNullable(project.getStatus())
                .flatMap(status -> Optional.ofNullable(status.git()))
                .flatMap(git -> Optional.ofNullable(git.defaultBranch()))
                .ifPresent(shipyard::requireNoStageNamed);
    }

    private void connect(KeptnProject project, ProjectName name, GivenCredentials credentials, Deadline deadline) {
        String before = Optional.ofNullable(project.getSpec().git().url()).orElse("");
        String after = credentials.url().value();
        if (!before.isEmpty() && !before.equals(after)) {
            // Here, because only this side knows the credentials of both.
            store.copyHistory(upstreams.of(name, project).upstream(), NewUpstream.upstream(name, credentials));
        }
        Runnable restore = secrets.replace(name, credentials);
        if (before.equals(after)) {
            resources.request(name, clock.instant().toString());
            return;
        }
        try {
            resources.awaitReady(resources.move(name, after), deadline);
        } catch (KeptnException e) {
            restore.run();
            if (!before.isEmpty()) {
                resources.move(name, before);
            }
            throw e;
        }
    }

    private void commit(ProjectName name, Shipyard shipyard, Deadline deadline) {
        ProjectUpstream project = upstreams.of(name);
        Change change = new Change.Put(Shipyard.PATH.value(), Content.ofText(shipyard.content()));
        store.commit(
                project.upstream(),
                new CommitRequest(
                        project.defaultBranch(store),
                        List.of(change),
                        new CommitMessage("Updated resource", Map.of())));
        resources.request(name, clock.instant().toString());
        if (!resources.awaitShipyard(name, shipyard, deadline)) {
            throw new KeptnException(new KeptnError.DeadlineExceeded(
                    "the shipyard is in the upstream, but its stages were not ready in time"));
        }
    }
}
