package sh.keptn.operator.project;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.ServiceName;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.KeptnProjectStatus;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.crds.service.KeptnServiceStatus;
import sh.keptn.crds.service.ServiceStageStatus;
import sh.keptn.operator.condition.Faults;
import sh.keptn.operator.condition.Outcome;
import sh.keptn.operator.condition.Pace;
import sh.keptn.operator.condition.Reached;
import sh.keptn.operator.upstream.ProjectSettings;

/**
 * Brings a project's upstream and its resource together. Runs when the spec or one of the annotations that ask for
 * something changes, when its Secret or one of its services does, and each interval; it never ends to try.
 *
 * <ol>
 *   <li>Ready tells whether the upstream holds the project with all its stages;
 *   <li>RepositoryReachable tells whether the upstream answered the last time;
 *   <li>ShipyardValid tells whether the shipyard in Git is the one in force;
 *   <li>Stalled stands where a person must mend something, Reconciling where it mends itself.
 * </ol>
 */
@ControllerConfiguration(name = ProjectReconciler.NAME, finalizerName = "keptn.sh/project")
public final class ProjectReconciler implements Reconciler<KeptnProject>, Cleaner<KeptnProject> {
    public static final String NAME = "project";

    private static final Logger log = LoggerFactory.getLogger(ProjectReconciler.class);
    private static final Duration SUSPENDED = Duration.ofHours(1);
    private static final Duration UNREADABLE = Duration.ofMinutes(1);

    private final ProjectFlow flow;
    private final ProjectCleanup cleanup;
    private final ProjectStatusFactory statuses;
    private final PushAnnouncement announcement;
    private final ProjectEvents events;
    private final Pace pace;

    ProjectReconciler(
            ProjectFlow flow,
            ProjectCleanup cleanup,
            ProjectStatusFactory statuses,
            PushAnnouncement announcement,
            ProjectEvents events,
            Pace pace) {
        this.flow = flow;
        this.cleanup = cleanup;
        this.statuses = statuses;
        this.announcement = announcement;
        this.events = events;
        this.pace = pace;
    }

    @Override
    public UpdateControl<KeptnProject> reconcile(KeptnProject project, Context<KeptnProject> context) {
        if (project.getSpec().suspended()) {
            return write(project, statuses.suspended(project), context).rescheduleAfter(SUSPENDED);
        }
        Set<ServiceName> known = services(context);
        ProjectFlow.Pass pass = flow.pass(project, context.getPrimaryCache().list(), known);
        return write(project, pass.status(), context)
                .rescheduleAfter(pace.after(project.getMetadata().getUid(), pass.outcome(), interval(project)));
    }

    @Override
    public ErrorStatusUpdateControl<KeptnProject> updateErrorStatus(
            KeptnProject project, Context<KeptnProject> context, Exception error) {
        Outcome outcome = Faults.internal();
        KeptnProjectStatus status =
                announced(project, statuses.unreached(project, outcome, Reached.NOT_ASKED), context);
        return status.equals(project.getStatus())
                ? ErrorStatusUpdateControl.noStatusUpdate()
                : ErrorStatusUpdateControl.patchStatus(patch(project, status));
    }

    @Override
    public DeleteControl cleanup(KeptnProject project, Context<KeptnProject> context) {
        cleanup.clean(project);
        flow.forget(project.getMetadata().getUid());
        pace.forget(project.getMetadata().getUid());
        log.atInfo().addKeyValue("project", project.getMetadata().getName()).log("project deleted");
        return DeleteControl.defaultDelete();
    }

    @Override
    public List<EventSource<?, KeptnProject>> prepareEventSources(EventSourceContext<KeptnProject> context) {
        var secrets = InformerEventSourceConfiguration.from(Secret.class, KeptnProject.class)
                .withName("secrets")
                .withSecondaryToPrimaryMapper(secret -> context.getPrimaryCache()
                        .list(project -> secretNames(project)
                                .contains(secret.getMetadata().getName()))
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
                .withPrimaryToSecondaryMapper((KeptnProject project) -> secretNames(project).stream()
                        .map(name -> new ResourceID(name, project.getMetadata().getNamespace()))
                        .collect(Collectors.toSet()))
                .build();
        var services = InformerEventSourceConfiguration.from(KeptnService.class, KeptnProject.class)
                .withName("services")
                .withSecondaryToPrimaryMapper(service -> Set.of(new ResourceID(
                        service.getSpec().project(), service.getMetadata().getNamespace())))
                .withOnUpdateFilter((now, before) -> !stages(now).equals(stages(before)))
                .build();
        return List.of(new InformerEventSource<>(secrets, context), new InformerEventSource<>(services, context));
    }

    private Set<String> secretNames(KeptnProject project) {
        return Stream.concat(Stream.of(ProjectSettings.secretName(project)), announcement.secretName(project).stream())
                .collect(Collectors.toSet());
    }

    private static Set<ServiceName> services(Context<KeptnProject> context) {
        return context.getSecondaryResources(KeptnService.class).stream()
                .map(service -> service.getSpec().service())
                .filter(ServiceName::isValid)
                .map(ServiceName::new)
                .collect(Collectors.toSet());
    }

    /** The stages that have the service's folder. How it runs there is no question to the upstream. */
    private static List<String> stages(KeptnService service) {
        return Optional.ofNullable(service.getStatus()).map(KeptnServiceStatus::stages).orElse(List.of()).stream()
                .filter(stage -> stage.revision() != null)
                .map(ServiceStageStatus::name)
                .toList();
    }

    private KeptnProjectStatus announced(
            KeptnProject project, KeptnProjectStatus status, Context<KeptnProject> context) {
        return announcement.tell(project, status, context.getSecondaryResources(Secret.class));
    }

    private UpdateControl<KeptnProject> write(
            KeptnProject project, KeptnProjectStatus seen, Context<KeptnProject> context) {
        KeptnProjectStatus status = announced(project, seen, context);
        if (status.equals(project.getStatus())) {
            return UpdateControl.noUpdate();
        }
        events.tell(project, status);
        return UpdateControl.patchStatus(patch(project, status));
    }

    /** A fresh object: the one at hand is the cache's. */
    private static KeptnProject patch(KeptnProject project, KeptnProjectStatus status) {
        KeptnProject patch = new KeptnProject();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(project.getMetadata().getName())
                .withNamespace(project.getMetadata().getNamespace())
                .build());
        patch.setStatus(status);
        return patch;
    }

    private static Duration interval(KeptnProject project) {
        try {
            return ProjectSettings.of(project).interval();
        } catch (KeptnException e) {
            return UNREADABLE;
        }
    }
}
