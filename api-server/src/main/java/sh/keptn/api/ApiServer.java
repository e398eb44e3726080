package sh.keptn.api;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import sh.keptn.api.auth.AuthRoom;
import sh.keptn.api.auth.GuessThrottle;
import sh.keptn.api.auth.Guesses;
import sh.keptn.api.auth.SecretToken;
import sh.keptn.api.auth.TokenGate;
import sh.keptn.api.auth.TokenSource;
import sh.keptn.api.docs.DocumentsRoom;
import sh.keptn.api.health.HealthRoom;
import sh.keptn.api.health.OpenHealthRoom;
import sh.keptn.api.hook.HookRoom;
import sh.keptn.api.http.Gate;
import sh.keptn.api.http.HttpServer;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;
import sh.keptn.api.kube.Cluster;
import sh.keptn.api.metadata.MetadataRoom;
import sh.keptn.api.project.ProjectRoom;
import sh.keptn.api.resource.ResourceRoom;
import sh.keptn.api.service.ServiceRoom;
import sh.keptn.api.stage.StageRoom;
import sh.keptn.api.stage.Stages;
import sh.keptn.api.upstream.ProjectUpstreams;
import sh.keptn.api.upstream.RequestStamper;
import sh.keptn.core.git.GitStore;

/** The running server: its two ports and what they stand on. Whoever starts it owns the client and closes it later. */
final class ApiServer implements AutoCloseable {
    private final Cluster cluster;
    private final RequestStamper stamper;
    private final HttpServer api;
    private final HttpServer management;
    private final Events events;
    private final AtomicBoolean serving;

    private ApiServer(
            Cluster cluster,
            RequestStamper stamper,
            Events events,
            HttpServer api,
            HttpServer management,
            AtomicBoolean serving) {
        this.serving = serving;
        this.cluster = cluster;
        this.stamper = stamper;
        this.events = events;
        this.api = api;
        this.management = management;
    }

    static ApiServer start(ApiConfig config, KubernetesClient client, GitStore store, Clock clock) {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Cluster cluster = new Cluster(client, config.namespace());
        RequestStamper stamper = new RequestStamper(cluster, clock);
        Events events = Events.start(config.events(), cluster, clock);
        ApiConfig.Listen listen = config.listen();
        Guesses guesses = guesses(config.auth(), clock);
        Gate everybody = (_, _) -> {};
        AtomicBoolean serving = new AtomicBoolean();
        HttpServer management = HttpServer.start(
                listen.address(),
                listen.managementPort(),
                listen.limits(),
                List.of(new HealthRoom(() -> serving.get() && cluster.isCurrent(), meters)),
                everybody,
                meters,
                clock);
        HttpServer api = HttpServer.start(
                listen.address(),
                listen.port(),
                listen.limits(),
                rooms(config, cluster, store, stamper, events, guesses, clock),
                gate(config.auth(), cluster, guesses),
                meters,
                clock);
        serving.set(true);
        return new ApiServer(cluster, stamper, events, api, management, serving);
    }

    /** Every room of the API. A new one is one line here. */
    private static List<Room> rooms(
            ApiConfig config,
            Cluster cluster,
            GitStore store,
            RequestStamper stamper,
            Events events,
            Guesses guesses,
            Clock clock) {
        boolean provisions = config.git().provisioningUrl().isPresent();
        Stages stages = new Stages(cluster);
        return List.of(
                new AuthRoom(),
                new MetadataRoom(config.namespace(), version(), provisions),
                new OpenHealthRoom(),
                new ProjectRoom(cluster, store, clock, provisions),
                new StageRoom(stages),
                new ServiceRoom(
                        cluster,
                        store,
                        clock,
                        (project, stage) -> stages.get(project, stage).services()),
                new ResourceRoom(cluster, new ProjectUpstreams(cluster), store, stamper),
                events.in(),
                events.out(),
                new HookRoom(cluster, config.git().webhookSecret(), stamper, guesses, clock),
                new DocumentsRoom());
    }

    private static Guesses guesses(ApiConfig.Auth auth, Clock clock) {
        GuessThrottle throttle = new GuessThrottle(auth.wrongTokensPerSecond(), auth.wrongTokensBurst(), clock);
        return new Guesses(throttle, auth.trustedProxies());
    }

    private static Gate gate(ApiConfig.Auth auth, Cluster cluster, Guesses guesses) {
        TokenSource source = auth.token().isPresent() ? auth::token : new SecretToken(cluster, auth.tokenSecret());
        return new TokenGate(source, guesses);
    }

    private static String version() {
        return Optional.ofNullable(ApiServer.class.getPackage().getImplementationVersion())
                .orElse("0.1.0-SNAPSHOT");
    }

    /** Every route of the API. */
    Routes routes() {
        return api.routes();
    }

    int port() {
        return api.port();
    }

    int managementPort() {
        return management.port();
    }

    /** Lets the requests in hand finish, then ends everything that {@link #start} began. */
    @Override
    public void close() {
        serving.set(false);
        api.close();
        management.close();
        stamper.close();
        events.close();
        cluster.close();
    }
}
