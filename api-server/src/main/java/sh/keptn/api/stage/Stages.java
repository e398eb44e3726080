package sh.keptn.api.stage;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sh.keptn.api.kube.Cluster;
import sh.keptn.api.kube.NanoTime;
import sh.keptn.api.service.ServiceView;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.StageName;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.StageStatus;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.crds.service.ServiceStageStatus;

/** The stages of projects with the services on them, put together from what the operator wrote into statuses. */
public final class Stages {
    private final Cluster cluster;

    public Stages(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The stages of a project in the shipyard's order. */
    public List<StageView> of(KeptnProject project) {
        List<KeptnService> services = services(project.getMetadata().getName());
        return statuses(project).stream().map(stage -> view(stage, services)).toList();
    }

    /** The same by name: Keptn sorts them where they are asked for by themselves. */
    public List<StageView> sorted(ProjectName project) {
        return of(project(project)).stream()
                .sorted(Comparator.comparing(StageView::stageName))
                .toList();
    }

    /**
     * One stage.
     *
     * @throws KeptnException {@code NotFound} for the project or the stage
     */
    public StageView get(ProjectName project, StageName stage) {
        return find(project(project), stage)
                .or(() -> cluster.projects().live(project.value()).flatMap(live -> find(live, stage)))
                .map(status -> view(status, services(project.value())))
                .orElseThrow(() -> KeptnException.notFound("stage", stage.value()));
    }

    /** The project. */
    public KeptnProject project(ProjectName name) {
        return cluster.projects().get(name.value()).orElseThrow(() -> KeptnException.notFound("project", name.value()));
    }

    private List<KeptnService> services(String project) {
        return cluster.services().list().stream()
                .filter(service -> service.getSpec().project().equals(project))
                .sorted(Comparator.comparing(service -> service.getSpec().service()))
                .toList();
    }

    private static List<StageStatus> statuses(KeptnProject project) {
        return project.getStatus() == null ? List.of() : project.getStatus().stages();
    }

    private static Optional<StageStatus> find(KeptnProject project, StageName stage) {
        return statuses(project).stream()
                .filter(status -> status.name().equals(stage.value()))
                .findFirst();
    }

    private static StageView view(StageStatus stage, List<KeptnService> services) {
        return new StageView(
                stage.name(),
                services.stream()
                        .filter(service -> isOn(service, stage.name()))
                        .map(service -> view(service, stage.name()))
                        .toList(),
                stage.parents());
    }

    /** A revision means that the folder is there, whatever has become of what it asks for. */
    private static boolean isOn(KeptnService service, String stage) {
        return status(service, stage)
                .filter(status -> status.revision() != null || Boolean.TRUE.equals(status.ready()))
                .isPresent();
    }

    private static ServiceView view(KeptnService service, String stage) {
        String image = status(service, stage).map(ServiceStageStatus::image).orElse("");
        return new ServiceView(service.getSpec().service(), NanoTime.of(service), image, Map.of(), List.of());
    }

    private static Optional<ServiceStageStatus> status(KeptnService service, String stage) {
        return Optional.ofNullable(service.getStatus()).stream()
                .flatMap(status -> status.stages().stream())
                .filter(status -> status.name().equals(stage))
                .findFirst();
    }
}
