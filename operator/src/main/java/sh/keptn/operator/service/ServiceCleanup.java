package sh.keptn.operator.service;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.model.ServiceName;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.operator.cluster.Annotated;
import sh.keptn.operator.cluster.NameList;
import sh.keptn.operator.condition.Faults;
import sh.keptn.operator.condition.Outcome;
import sh.keptn.operator.upstream.ProjectView;
import sh.keptn.operator.upstream.Resolution;
import sh.keptn.operator.upstream.Upstreams;

/**
 * What goes with a service. With keptn.sh/delete-folder its folders are removed from every stage, and the resource stays
 * until that is in the upstream; without it the folders stay, and the project remembers not to discover them again. If
 * the project goes or is gone, nothing is left to do.
 */
final class ServiceCleanup {
    private final GitStore store;
    private final Upstreams upstreams;
    private final ServiceActor actor;
    private final Annotated annotated;
    private final KubernetesClient client;

    ServiceCleanup(
            GitStore store, Upstreams upstreams, ServiceActor actor, Annotated annotated, KubernetesClient client) {
        this.store = store;
        this.upstreams = upstreams;
        this.actor = actor;
        this.annotated = annotated;
        this.client = client;
    }

    /** Empty when all is done; else why it is not, and the resource must wait. */
    Optional<Outcome> clean(KeptnService service) {
        Optional<KeptnProject> project = Optional.ofNullable(client.resources(KeptnProject.class)
                        .inNamespace(service.getMetadata().getNamespace())
                        .withName(service.getSpec().project())
                        .get())
                .filter(found -> !found.isMarkedForDeletion());
        if (project.isEmpty() || !ServiceName.isValid(service.getSpec().service())) {
            return Optional.empty();
        }
        ServiceName name = new ServiceName(service.getSpec().service());
        if (NameList.flag(service, Annotations.DELETE_FOLDER)) {
            return removeFolders(service, name, project.get());
        }
        ignore(project.get(), name);
        return Optional.empty();
    }

    private Optional<Outcome> removeFolders(KeptnService service, ServiceName name, KeptnProject project) {
        Optional<ProjectView> view = ProjectView.of(project).filter(ProjectView::reachable);
        if (view.isEmpty()) {
            boolean neverSetUp =
                    project.getStatus() == null || project.getStatus().stages().isEmpty();
            return neverSetUp ? Optional.empty() : Optional.of(ProjectView.notReady(project));
        }
        return switch (upstreams.resolve(view.get().settings(), view.get().url())) {
            case Resolution.Unresolved(Outcome outcome) -> Optional.of(outcome);
            case Resolution.Resolved(var upstream, String version, boolean provisioned) -> {
                try {
                    actor.removeFolders(service, name, view.get().at(store.heads(upstream)), upstream);
                    yield Optional.empty();
                } catch (KeptnException e) {
                    yield Optional.of(Faults.outcome(e.error()));
                }
            }
        };
    }

    private void ignore(KeptnProject project, ServiceName service) {
        annotated.change(
                KeptnProject.class,
                project.getMetadata().getNamespace(),
                project.getMetadata().getName(),
                live -> Map.of(
                        Annotations.IGNORED_SERVICES,
                        Optional.of(NameList.of(live, Annotations.IGNORED_SERVICES)
                                .plus(List.of(service.value()))
                                .text())));
    }
}
