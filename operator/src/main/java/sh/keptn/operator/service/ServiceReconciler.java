package sh.keptn.operator.service;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ServiceName;
import sh.keptn.crds.ConditionType;
import sh.keptn.crds.FieldManagers;
import sh.keptn.crds.Reason;
import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.crds.deployment.KeptnServiceDeploymentSpec;
import sh.keptn.crds.deployment.KeptnServiceDeploymentStatus;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.KeptnProjectStatus;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.crds.service.KeptnServiceStatus;
import sh.keptn.operator.cluster.Events;
import sh.keptn.operator.condition.Conditions;
import sh.keptn.operator.condition.Faults;
import sh.keptn.operator.condition.Outcome;
import sh.keptn.operator.condition.Pace;

/**
 * Gives a service its folder on every stage of its project, once, keeps a KeptnServiceDeployment for each stage, and
 * sums up where it stands. Runs when the spec or an
 * annotation that asks for something changes, when its project's stages move, and when one of its deployments gets on; a service whose project is not there
 * yet waits for it.
 *
 * <ol>
 *   <li>Ready tells whether the folder is on one stage at least and every deployment of the service is Ready;
 *   <li>Present tells whether the folder is on every stage.
 * </ol>
 */
@ControllerConfiguration(name = ServiceReconciler.NAME, finalizerName = "keptn.sh/service")
public final class ServiceReconciler implements Reconciler<KeptnService>, Cleaner<KeptnService> {
    public static final String NAME = "service";

    private static final String PROJECTS = "projects";
    private static final Duration CALM = Duration.ofMinutes(10);
    private static final Duration UNEASY = Duration.ofMinutes(1);

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FieldManagers.OPERATOR)
            .withForce(true)
            .build();

    private final ServiceFlow flow;
    private final ServiceCleanup cleanup;
    private final ServiceStatusFactory statuses;
    private final Events events;
    private final Pace pace;

    ServiceReconciler(
            ServiceFlow flow, ServiceCleanup cleanup, ServiceStatusFactory statuses, Events events, Pace pace) {
        this.flow = flow;
        this.cleanup = cleanup;
        this.statuses = statuses;
        this.events = events;
        this.pace = pace;
    }

    @Override
    public UpdateControl<KeptnService> reconcile(KeptnService service, Context<KeptnService> context) {
        ServiceFlow.Pass pass = flow.pass(
                service,
                context.getSecondaryResource(KeptnProject.class, PROJECTS),
                context.getSecondaryResources(KeptnServiceDeployment.class));
        Duration interval = pass.outcome() instanceof Outcome.Done ? CALM : UNEASY;
        return write(service, pass.status())
                .rescheduleAfter(pace.after(service.getMetadata().getUid(), pass.outcome(), interval));
    }

    @Override
    public ErrorStatusUpdateControl<KeptnService> updateErrorStatus(
            KeptnService service, Context<KeptnService> context, Exception error) {
        Outcome outcome = Faults.internal();
        KeptnServiceStatus status = statuses.unreached(service, outcome);
        return status.equals(service.getStatus())
                ? ErrorStatusUpdateControl.noStatusUpdate()
                : ErrorStatusUpdateControl.patchStatus(patch(service, status));
    }

    @Override
    public DeleteControl cleanup(KeptnService service, Context<KeptnService> context) {
        String uid = service.getMetadata().getUid();
        Optional<Outcome> left = cleanup.clean(service);
        if (left.isEmpty()) {
            pace.forget(uid);
            flow.forget(uid);
            return DeleteControl.defaultDelete();
        }
        writeNow(service, statuses.unreached(service, left.get()), context.getClient());
        return DeleteControl.noFinalizerRemoval()
                .rescheduleAfter(pace.after(uid, left.get(), UNEASY).toMillis());
    }

    @Override
    public List<EventSource<?, KeptnService>> prepareEventSources(EventSourceContext<KeptnService> context) {
        var projects = InformerEventSourceConfiguration.from(KeptnProject.class, KeptnService.class)
                .withName(PROJECTS)
                .withSecondaryToPrimaryMapper(project -> context.getPrimaryCache()
                        .list(service -> project.getMetadata()
                                .getName()
                                .equals(service.getSpec().project()))
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
                .withPrimaryToSecondaryMapper((KeptnService service) -> Set.of(new ResourceID(
                        service.getSpec().project(), service.getMetadata().getNamespace())))
                .withOnUpdateFilter(ServiceReconciler::matters)
                .build();
        var deployments = InformerEventSourceConfiguration.from(KeptnServiceDeployment.class, KeptnService.class)
                .withName("deployments")
                .withSecondaryToPrimaryMapper(ServiceReconciler::serviceOf)
                .withOnUpdateFilter((now, before) -> !told(now).equals(told(before)))
                .build();
        return List.of(new InformerEventSource<>(projects, context), new InformerEventSource<>(deployments, context));
    }

    /** By name, not by owner: what an earlier service of the same name left behind concerns this one too. */
    private static Set<ResourceID> serviceOf(KeptnServiceDeployment deployment) {
        KeptnServiceDeploymentSpec spec = deployment.getSpec();
        if (!ServiceName.isValid(spec.service()) || !ProjectName.isValid(spec.project())) {
            return Set.of();
        }
        String name = new ServiceName(spec.service()).resourceName(new ProjectName(spec.project()));
        return Set.of(new ResourceID(name, deployment.getMetadata().getNamespace()));
    }

    /** What of a deployment its service looks at. */
    private static List<?> told(KeptnServiceDeployment deployment) {
        var metadata = deployment.getMetadata();
        Optional<KeptnServiceDeploymentStatus> status = Optional.ofNullable(deployment.getStatus());
        List<Condition> conditions =
                status.map(KeptnServiceDeploymentStatus::conditions).orElse(List.of());
        return List.of(
                metadata.getGeneration(),
                Optional.ofNullable(metadata.getDeletionTimestamp()),
                Optional.ofNullable(metadata.getLabels()),
                metadata.getOwnerReferences(),
                status.map(KeptnServiceDeploymentStatus::observedGeneration),
                status.map(KeptnServiceDeploymentStatus::lastAppliedRevision),
                status.map(KeptnServiceDeploymentStatus::images),
                Conditions.find(conditions, ConditionType.READY),
                Conditions.isTrue(conditions, ConditionType.STALLED));
    }

    /** What of a project its services look at. */
    private static boolean matters(KeptnProject now, KeptnProject before) {
        return !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || now.isMarkedForDeletion() != before.isMarkedForDeletion()
                || !relevant(now).equals(relevant(before));
    }

    private static List<?> relevant(KeptnProject project) {
        KeptnProjectStatus status = project.getStatus();
        if (status == null) {
            return List.of();
        }
        List<Condition> conditions = status.conditions();
        return List.of(
                status.stages(),
                Optional.ofNullable(status.git()),
                Conditions.isTrue(conditions, ConditionType.REPOSITORY_REACHABLE),
                Conditions.find(conditions, ConditionType.READY).map(Condition::getMessage));
    }

    private UpdateControl<KeptnService> write(KeptnService service, KeptnServiceStatus status) {
        if (status.equals(service.getStatus())) {
            return UpdateControl.noUpdate();
        }
        tell(service, status);
        return UpdateControl.patchStatus(patch(service, status));
    }

    /** For a resource that is being deleted, whose status the framework does not write. */
    private static void writeNow(KeptnService service, KeptnServiceStatus status, KubernetesClient client) {
        if (!status.equals(service.getStatus())) {
            client.resource(patch(service, status)).subresource("status").patch(APPLY);
        }
    }

    private void tell(KeptnService service, KeptnServiceStatus now) {
        Optional<Condition> before = Optional.ofNullable(service.getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), ConditionType.READY));
        Conditions.find(now.conditions(), ConditionType.READY)
                .filter(condition -> before.filter(was -> was.getStatus().equals(condition.getStatus())
                                && was.getReason().equals(condition.getReason()))
                        .isEmpty())
                .ifPresent(condition -> {
                    Reason reason = Reason.of(condition.getReason()).orElse(Reason.INTERNAL_ERROR);
                    if ("True".equals(condition.getStatus())) {
                        events.normal(service, reason, condition.getMessage());
                    } else if (Conditions.isTrue(now.conditions(), ConditionType.STALLED)) {
                        events.warning(service, reason, condition.getMessage());
                    }
                });
    }

    private static KeptnService patch(KeptnService service, KeptnServiceStatus status) {
        KeptnService patch = new KeptnService();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(service.getMetadata().getName())
                .withNamespace(service.getMetadata().getNamespace())
                .build());
        patch.setStatus(status);
        return patch;
    }
}
