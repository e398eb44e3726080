package sh.keptn.operator.deployment;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.Set;
import java.util.random.RandomGenerator;
import sh.keptn.core.git.GitStore;
import sh.keptn.crds.Annotations;
import sh.keptn.operator.apply.Applier;
import sh.keptn.operator.apply.DeployedObjects;
import sh.keptn.operator.cluster.Events;
import sh.keptn.operator.condition.Pace;
import sh.keptn.operator.health.HealthAssessor;
import sh.keptn.operator.render.FolderLimits;
import sh.keptn.operator.render.FolderReader;
import sh.keptn.operator.render.Renderer;
import sh.keptn.operator.upstream.Secrets;
import sh.keptn.operator.upstream.Upstreams;

/** Puts the deployment reconciler together from what the process has. */
public final class DeploymentRoom {
    /** The annotations whose change brings a pass at once. */
    public static final Set<String> ASKING = Set.of(Annotations.REQUESTED_AT);

    /** Enough to keep an API server busy, and few enough that it has time for others. */
    private static final int LANES = 12;

    private DeploymentRoom() {}

    /** What deploying takes besides Git: rendering, applying, and eyes on what was applied. */
    public record Tools(Renderer renderer, Applier applier, DeployedObjects objects, HealthAssessor health) {}

    /** The reconciler of KeptnServiceDeployments. */
    public static DeploymentReconciler reconciler(
            GitStore store, KubernetesClient client, Secrets secrets, Tools tools, Events events, Clock clock) {
        WrittenStatuses written = new WrittenStatuses(client);
        DeploymentActor actor = new DeploymentActor(
                store, new FolderReader(FolderLimits.DEFAULT), tools.renderer(), tools.applier(), written, LANES);
        DeploymentObserver observer = new DeploymentObserver(store);
        DeploymentStatusFactory statuses = new DeploymentStatusFactory(clock);
        DeploymentEvents told = new DeploymentEvents(events);
        DriftWatch drift = new DriftWatch(tools.objects(), clock);
        LostStatus lostStatus = new LostStatus(tools.applier(), tools.objects(), clock);
        DeploymentFlow flow = new DeploymentFlow(
                new Upstreams(secrets),
                observer,
                new DeploymentPlanner(),
                actor,
                lostStatus,
                new HealthStep(tools.health(), actor, observer, drift, told, clock),
                drift,
                statuses,
                told);
        return new DeploymentReconciler(
                flow,
                new DeploymentCleanup(actor, lostStatus, statuses, told),
                statuses,
                told,
                written,
                new Pace(RandomGenerator.getDefault()));
    }
}
