package sh.keptn.operator.service;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.Set;
import java.util.random.RandomGenerator;
import sh.keptn.core.git.GitStore;
import sh.keptn.crds.Annotations;
import sh.keptn.operator.cluster.Annotated;
import sh.keptn.operator.cluster.Events;
import sh.keptn.operator.condition.Pace;
import sh.keptn.operator.upstream.LoginPause;
import sh.keptn.operator.upstream.Secrets;
import sh.keptn.operator.upstream.Upstreams;

/** Puts the service reconciler together from what the process has. */
public final class ServiceRoom {
    /** The annotations whose change brings a pass at once. */
    public static final Set<String> ASKING = Set.of(Annotations.RECREATE, Annotations.DELETE_FOLDER);

    private ServiceRoom() {}

    /** The reconciler of KeptnServices. */
    public static ServiceReconciler reconciler(
            GitStore store, KubernetesClient client, Secrets secrets, Events events, Clock clock) {
        Annotated annotated = new Annotated(client);
        Upstreams upstreams = new Upstreams(secrets);
        ServiceActor actor = new ServiceActor(store, annotated, events);
        ServiceStatusFactory statuses = new ServiceStatusFactory(clock);
        ServiceFlow flow = new ServiceFlow(
                store,
                upstreams,
                new ServiceObserver(store),
                new ServicePlanner(),
                actor,
                annotated,
                new StageDeployments(client),
                new LoginPause(clock),
                statuses);
        return new ServiceReconciler(
                flow,
                new ServiceCleanup(store, upstreams, actor, annotated, client),
                statuses,
                events,
                new Pace(RandomGenerator.getDefault()));
    }
}
