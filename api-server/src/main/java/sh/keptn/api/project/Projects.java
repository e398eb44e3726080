package sh.keptn.api.project;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.api.kube.Cluster;
import sh.keptn.api.kube.Deadline;
import sh.keptn.api.upstream.ProjectUpstreams;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.model.ProjectName;
import sh.keptn.crds.project.KeptnProject;

/**
 * Projects through the REST door. A project that was answered "created" is ready to be used; one that was not leaves
 * nothing behind, so that the same request can be sent again.
 */
final class Projects {
    private static final Logger log = LoggerFactory.getLogger(Projects.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration UNDO = Duration.ofSeconds(10);

    private final Cluster cluster;
    private final GitStore store;
    private final Clock clock;
    private final ProjectResources resources;
    private final CredentialSecrets secrets;
    private final NewUpstream newUpstream;
    private final ProjectUpdate update;

    Projects(Cluster cluster, ProjectUpstreams upstreams, GitStore store, Clock clock) {
        this.cluster = cluster;
        this.store = store;
        this.clock = clock;
        this.resources = new ProjectResources(cluster);
        this.secrets = new CredentialSecrets(cluster, clock);
        this.newUpstream = new NewUpstream(store);
        this.update = new ProjectUpdate(cluster, upstreams, store, clock);
    }

    List<KeptnProject> list() {
        return cluster.projects().list().stream()
                .sorted(Comparator.comparing(project -> project.getMetadata().getName()))
                .toList();
    }

    KeptnProject get(ProjectName name) {
        return cluster.projects().get(name.value()).orElseThrow(() -> KeptnException.notFound("project", name.value()));
    }

    /** Checks, makes Secret and resource, and waits for the operator. */
    void create(ProjectCommand.Create command) {
        Deadline deadline = Deadline.in(PATIENCE, clock);
        resources.requireFree(command.name(), deadline);
        command.credentials()
                .ifPresent(credentials -> newUpstream.requireFree(command.name(), credentials, command.shipyard()));
        command.credentials().ifPresent(credentials -> secrets.create(command.name(), credentials));
        Optional<KeptnProject> made = Optional.empty();
        try {
            made = Optional.of(resources.create(command, deadline));
            resources.awaitReady(made.get(), deadline);
        } catch (KeptnException e) {
            undo(command, made, e);
            throw e;
        }
        log.atInfo().addKeyValue("project", command.name()).log("project created");
    }

    private void undo(ProjectCommand.Create command, Optional<KeptnProject> made, KeptnException reason) {
        log.atInfo()
                .addKeyValue("project", command.name())
                .addKeyValue("reason", reason.getMessage())
                .log("project not created, undoing");
        try {
            if (made.isPresent() && !resources.delete(command.name(), Deadline.in(UNDO, clock))) {
                log.atWarn().addKeyValue("project", command.name()).log("undo: the project is still being deleted");
            }
            if (command.credentials().isPresent()) {
                secrets.delete(command.name());
            }
            store.forget(command.name());
        } catch (KeptnException e) {
            reason.addSuppressed(e);
            log.atWarn().addKeyValue("project", command.name()).setCause(e).log("undo incomplete");
        }
    }

    void update(ProjectCommand.Update command) {
        update.apply(command);
    }

    /** Deletes what is there; one that is not there is no failure. Returns after it is gone. */
    void delete(ProjectName name) {
        if (!resources.delete(name, Deadline.in(PATIENCE, clock))) {
            throw new KeptnException(
                    new KeptnError.DeadlineExceeded("project '" + name + "' is being deleted and not gone yet"));
        }
        secrets.delete(name);
        store.forget(name);
        log.atInfo().addKeyValue("project", name).log("project deleted");
    }
}
