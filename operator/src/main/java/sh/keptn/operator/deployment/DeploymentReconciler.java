package sh.keptn.operator.deployment;

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
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sh.keptn.crds.Finalizers;
import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.crds.deployment.KeptnServiceDeploymentSpec;
import sh.keptn.crds.deployment.KeptnServiceDeploymentStatus;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.KeptnProjectStatus;
import sh.keptn.operator.apply.Owner;
import sh.keptn.operator.condition.Faults;
import sh.keptn.operator.condition.Outcome;
import sh.keptn.operator.condition.Pace;

/**
 * Makes a service run on a stage as its folder in Git says. Runs when the spec or the annotation that asks for it changes,
 * when the stage moves, when one of the deployed objects does, and each interval.
 *
 * <ol>
 *   <li>Ready tells whether what is wanted runs and is healthy, or that nothing is to run;
 *   <li>Applied tells whether the cluster took all objects of the revision;
 *   <li>Healthy tells whether they are well, by the rules of kstatus;
 *   <li>Stalled stands where a person must mend something, Reconciling where work goes on or is tried again.
 * </ol>
 */
@ControllerConfiguration(name = DeploymentReconciler.NAME, finalizerName = Finalizers.DEPLOYMENT)
public final class DeploymentReconciler implements Reconciler<KeptnServiceDeployment>, Cleaner<KeptnServiceDeployment> {
    public static final String NAME = "deployment";

    private static final String PROJECTS = "projects";
    private static final String OWNERS = "owners";
    private static final Duration CALM = Duration.ofMinutes(10);
    private static final Duration BLIND = Duration.ofMillis(250);
    private static final Duration UNEASY = Duration.ofMinutes(1);

    private final DeploymentFlow flow;
    private final DeploymentCleanup cleanup;
    private final DeploymentStatusFactory statuses;
    private final DeploymentEvents events;
    private final WrittenStatuses written;
    private final Pace pace;
    private final SimpleInboundEventSource<KeptnServiceDeployment> objects =
            new SimpleInboundEventSource<>("deployed-objects");

    private volatile @Nullable IndexerResourceCache<KeptnServiceDeployment> deployments;

    DeploymentReconciler(
            DeploymentFlow flow,
            DeploymentCleanup cleanup,
            DeploymentStatusFactory statuses,
            DeploymentEvents events,
            WrittenStatuses written,
            Pace pace) {
        this.flow = flow;
        this.cleanup = cleanup;
        this.statuses = statuses;
        this.events = events;
        this.written = written;
        this.pace = pace;
    }

    @Override
    public UpdateControl<KeptnServiceDeployment> reconcile(
            KeptnServiceDeployment cached, Context<KeptnServiceDeployment> context) {
        if (!flow.ready()) {
            return UpdateControl.<KeptnServiceDeployment>noUpdate().rescheduleAfter(BLIND);
        }
        KeptnServiceDeployment deployment = written.freshest(cached);
        Optional<KeptnProject> project = context.getSecondaryResource(KeptnProject.class, PROJECTS);
        Optional<String> suspended = suspension(deployment, project);
        if (suspended.isPresent()) {
            write(deployment, statuses.draft(deployment).suspended(suspended.get()));
            return UpdateControl.<KeptnServiceDeployment>noUpdate().rescheduleAfter(CALM);
        }
        DeploymentFlow.Pass pass = flow.pass(deployment, project);
        Duration interval = pass.outcome() instanceof Outcome.Done ? CALM : UNEASY;
        write(deployment, pass.status());
        return UpdateControl.<KeptnServiceDeployment>noUpdate()
                .rescheduleAfter(pace.after(deployment.getMetadata().getUid(), pass.outcome(), interval));
    }

    @Override
    public ErrorStatusUpdateControl<KeptnServiceDeployment> updateErrorStatus(
            KeptnServiceDeployment cached, Context<KeptnServiceDeployment> context, Exception error) {
        KeptnServiceDeployment deployment = written.freshest(cached);
        Outcome outcome = Faults.internal();
        write(deployment, statuses.draft(deployment).status(outcome));
        return ErrorStatusUpdateControl.noStatusUpdate();
    }

    @Override
    public DeleteControl cleanup(KeptnServiceDeployment cached, Context<KeptnServiceDeployment> context) {
        KeptnServiceDeployment deployment = written.freshest(cached);
        String uid = deployment.getMetadata().getUid();
        Optional<DeploymentCleanup.Left> left = cleanup.clean(deployment);
        if (left.isEmpty()) {
            pace.forget(uid);
            flow.forget(uid);
            written.forget(uid);
            return DeleteControl.defaultDelete();
        }
        if (!left.get().status().equals(deployment.getStatus())) {
            written.record(deployment, left.get().status());
        }
        return DeleteControl.noFinalizerRemoval()
                .rescheduleAfter(pace.after(uid, left.get().outcome(), UNEASY).toMillis());
    }

    @Override
    public List<EventSource<?, KeptnServiceDeployment>> prepareEventSources(
            EventSourceContext<KeptnServiceDeployment> context) {
        IndexerResourceCache<KeptnServiceDeployment> cache = context.getPrimaryCache();
        cache.addIndexer(
                OWNERS,
                deployment ->
                        Owner.of(deployment).map(Owner::toString).map(List::of).orElse(List.of()));
        deployments = cache;
        var projects = InformerEventSourceConfiguration.from(KeptnProject.class, KeptnServiceDeployment.class)
                .withName(PROJECTS)
                .withSecondaryToPrimaryMapper(project -> cache.list(deployment -> project.getMetadata()
                                .getName()
                                .equals(deployment.getSpec().project()))
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
                .withPrimaryToSecondaryMapper((KeptnServiceDeployment deployment) -> Set.of(new ResourceID(
                        deployment.getSpec().project(), deployment.getMetadata().getNamespace())))
                .withOnUpdateFilter((now, before) -> !relevant(now).equals(relevant(before)))
                .build();
        return List.of(new InformerEventSource<>(projects, context), objects);
    }

    /** Something that belongs to a deployment changed in the cluster. */
    public void changed(Owner owner) {
        IndexerResourceCache<KeptnServiceDeployment> cache = deployments;
        if (cache != null) {
            cache.byIndex(OWNERS, owner.toString()).stream()
                    .map(ResourceID::fromResource)
                    .forEach(objects::propagateEvent);
        }
    }

    /** What of a project its deployments look at. */
    private static List<?> relevant(KeptnProject project) {
        Optional<KeptnProjectStatus> status = Optional.ofNullable(project.getStatus());
        return List.of(
                project.getSpec().suspended(),
                Optional.ofNullable(project.getSpec().git().url()),
                project.isMarkedForDeletion(),
                status.map(KeptnProjectStatus::stages),
                status.map(KeptnProjectStatus::git));
    }

    private static Optional<String> suspension(KeptnServiceDeployment deployment, Optional<KeptnProject> project) {
        KeptnServiceDeploymentSpec spec = deployment.getSpec();
        if (Boolean.TRUE.equals(spec.suspend())) {
            return Optional.of("suspended: nothing is done until spec.suspend is false");
        }
        if (project.filter(found -> found.getSpec().suspended()).isPresent()) {
            return Optional.of("suspended by its project");
        }
        return Optional.ofNullable(spec.suspendedBy()).map(by -> switch (by) {
            case Project -> "suspended by its project";
            case Stage -> "suspended by its stage, in spec.stages of the project";
            case Service -> "suspended by its service";
        });
    }

    /** Not left to the framework, which would not know of what was recorded in the middle of the pass. */
    private void write(KeptnServiceDeployment deployment, KeptnServiceDeploymentStatus status) {
        if (!Objects.equals(status, written.freshest(deployment).getStatus())) {
            events.tell(deployment, status);
            written.record(deployment, status);
        }
    }
}
