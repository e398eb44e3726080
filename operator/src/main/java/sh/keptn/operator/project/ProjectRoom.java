package sh.keptn.operator.project;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import sh.keptn.core.git.GitStore;
import sh.keptn.crds.Annotations;
import sh.keptn.operator.cluster.Annotated;
import sh.keptn.operator.cluster.Events;
import sh.keptn.operator.condition.Pace;
import sh.keptn.operator.provision.Provisioner;
import sh.keptn.operator.upstream.LoginPause;
import sh.keptn.operator.upstream.Secrets;
import sh.keptn.operator.upstream.Upstreams;

/** Puts the project reconciler together from what the process has. */
public final class ProjectRoom {
    /** The annotations whose change brings a pass at once. */
    public static final Set<String> ASKING = Set.of(
            Annotations.REQUESTED_AT,
            Annotations.ALLOW_URL_CHANGE,
            Annotations.CONFIRM_STAGE_REMOVAL,
            Annotations.RECREATE);

    private ProjectRoom() {}

    /**
     * The reconciler of KeptnProjects.
     *
     * @param webhookSecret of all projects that have no Secret of their own for this
     */
    public static ProjectReconciler reconciler(
            GitStore store,
            KubernetesClient client,
            Secrets secrets,
            Optional<Provisioner> provisioner,
            Optional<String> webhookSecret,
            Events events,
            Clock clock) {
        Annotated annotated = new Annotated(client);
        Provisioning provisioning = new Provisioning(provisioner, secrets, client, events);
        ProjectStatusFactory statuses = new ProjectStatusFactory(clock);
        LoginPause logins = new LoginPause(clock);
        ProjectFlow flow = new ProjectFlow(
                new ProjectAcceptance(new Upstreams(secrets), provisioning),
                new ProjectObserver(store),
                new ProjectPlanner(),
                new ProjectActor(store, new DiscoveredServices(client, events), annotated, events),
                new UpstreamMove(store, client, annotated, events),
                new HistoryWatch(store, events),
                logins,
                statuses);
        return new ProjectReconciler(
                flow,
                new ProjectCleanup(store, secrets, provisioning, client),
                statuses,
                new PushAnnouncement(webhookSecret, clock),
                new ProjectEvents(events),
                new Pace(RandomGenerator.getDefault()));
    }
}
