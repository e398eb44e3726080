package sh.keptn.api;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import sh.keptn.api.auth.AuthRoom;
import sh.keptn.api.auth.GuessThrottle;
import sh.keptn.api.auth.Guesses;
import sh.keptn.api.auth.KubernetesTokens;
import sh.keptn.api.auth.NamedTokens;
import sh.keptn.api.auth.SecretToken;
import sh.keptn.api.auth.TokenGate;
import sh.keptn.api.auth.TokenSource;
import sh.keptn.api.docs.DocumentsRoom;
import sh.keptn.api.evaluation.EvaluationRoom;
import sh.keptn.api.health.HealthRoom;
import sh.keptn.api.health.OpenHealthRoom;
import sh.keptn.api.hook.HookRoom;
import sh.keptn.api.http.AllPowerful;
import sh.keptn.api.http.Endpoint;
import sh.keptn.api.http.Gate;
import sh.keptn.api.http.HttpServer;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;
import sh.keptn.api.imports.ImportRoom;
import sh.keptn.api.imports.ServerActions;
import sh.keptn.api.imports.Subscriptions;
import sh.keptn.api.kube.Cluster;
import sh.keptn.api.metadata.MetadataRoom;
import sh.keptn.api.mongo.MongoConnection;
import sh.keptn.api.project.ProjectRoom;
import sh.keptn.api.project.ProvisioningRules;
import sh.keptn.api.resource.ResourceRoom;
import sh.keptn.api.resource.ResourceWriter;
import sh.keptn.api.secret.SecretRoom;
import sh.keptn.api.secret.Secrets;
import sh.keptn.api.sequence.SequenceRoom;
import sh.keptn.api.service.ServiceRoom;
import sh.keptn.api.service.Services;
import sh.keptn.api.service.ServicesOnStage;
import sh.keptn.api.stage.StageRoom;
import sh.keptn.api.stage.Stages;
import sh.keptn.api.tls.ServingCertificate;
import sh.keptn.api.uniform.Subscription;
import sh.keptn.api.uniform.WebhookSubscriptions;
import sh.keptn.api.upstream.ProjectUpstreams;
import sh.keptn.api.upstream.RequestStamper;
import sh.keptn.core.git.GitStore;

/** The running server: its two ports and what they stand on. Whoever starts it owns the client and closes it later. */
final class ApiServer implements AutoCloseable {
    private final Cluster cluster;
    private final RequestStamper stamper;
    private final HttpServer api;
    private final HttpServer management;
    private final Optional<MongoConnection> database;
    private final Events events;
    private final Agents agents;
    private final AtomicBoolean serving;

    private ApiServer(
            Cluster cluster,
            RequestStamper stamper,
            Optional<MongoConnection> database,
            Events events,
            Agents agents,
            HttpServer api,
            HttpServer management,
            AtomicBoolean serving) {
        this.serving = serving;
        this.cluster = cluster;
        this.stamper = stamper;
        this.database = database;
        this.events = events;
        this.agents = agents;
        this.api = api;
        this.management = management;
    }

    static ApiServer start(ApiConfig config, KubernetesClient client, GitStore store, Clock clock) {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Cluster cluster = new Cluster(client, config.namespace());
        RequestStamper stamper = new RequestStamper(cluster, clock);
        Optional<MongoConnection> database = config.events().store().map(MongoConnection::open);
        Events events = Events.start(config.events(), database, cluster, clock);
        Agents agents = Agents.start(config.agents(), database, clock);
        ApiConfig.Listen listen = config.listen();
        Guesses guesses = guesses(config.auth(), clock);
        Gate everybody = (_, _) -> new AllPowerful("management");
        AtomicBoolean serving = new AtomicBoolean();
        HttpServer management = HttpServer.start(
                Endpoint.plain(listen.address(), listen.managementPort()),
                listen.limits(),
                List.of(new HealthRoom(() -> serving.get() && cluster.isCurrent(), meters)),
                everybody,
                meters,
                clock);
        HttpServer api = HttpServer.start(
                endpoint(listen, clock),
                listen.limits(),
                rooms(config, cluster, store, stamper, events, agents, guesses, clock),
                gate(config.auth(), cluster, guesses, clock),
                meters,
                clock);
        serving.set(true);
        return new ApiServer(cluster, stamper, database, events, agents, api, management, serving);
    }

    private static Endpoint endpoint(ApiConfig.Listen listen, Clock clock) {
        return new Endpoint(
                listen.address(),
                listen.port(),
                listen.prefix(),
                listen.tls()
                        .map(tls -> new Endpoint.Secured(
                                new ServingCertificate(tls.files(), clock).context(), tls.remembered())));
    }

    /** Every room of the API. A new one is one line here. */
    private static List<Room> rooms(
            ApiConfig config,
            Cluster cluster,
            GitStore store,
            RequestStamper stamper,
            Events events,
            Agents agents,
            Guesses guesses,
            Clock clock) {
        boolean provisions = config.git().provisioningUrl().isPresent();
        Stages stages = new Stages(cluster);
        ProjectUpstreams upstreams = new ProjectUpstreams(cluster);
        Secrets secrets = new Secrets(cluster, config.secrets().scopes(), config.reservedNames());
        ServicesOnStage services =
                (project, stage) -> stages.get(project, stage).services();
        List<Room> rooms = new ArrayList<>(events.rooms());
        rooms.addAll(List.of(
                new AuthRoom(),
                new MetadataRoom(config.namespace(), version(), provisions),
                new OpenHealthRoom(),
                new ProjectRoom(
                        cluster,
                        store,
                        clock,
                        new ProvisioningRules(provisions, config.git().hidesProvisioned())),
                new StageRoom(stages),
                new ServiceRoom(cluster, store, clock, services),
                new EvaluationRoom(services, events.intake(), clock),
                new SequenceRoom(stages::project),
                new ResourceRoom(cluster, upstreams, store, stamper),
                new SecretRoom(secrets),
                new ImportRoom(
                        new ServerActions(
                                stages,
                                new Services(cluster, upstreams, store, clock),
                                secrets,
                                subscriptions(agents.webhooks()),
                                new ResourceWriter(cluster, upstreams, store, stamper)),
                        config.git().dataDir().resolve("imports"),
                        config.imports().bytes()),
                agents.uniform(),
                agents.logs(),
                new HookRoom(cluster, config.git().webhookSecret(), stamper, guesses, clock),
                new DocumentsRoom(config.listen().prefix())));
        return rooms;
    }

    /** A config package's subscriptions go where REST's go, and are answered alike. */
    private static Subscriptions subscriptions(WebhookSubscriptions webhooks) {
        return json -> Map.of("id", webhooks.create(Subscription.read(json)));
    }

    private static Guesses guesses(ApiConfig.Auth auth, Clock clock) {
        GuessThrottle throttle = new GuessThrottle(auth.wrongTokensPerSecond(), auth.wrongTokensBurst(), clock);
        return new Guesses(throttle, auth.trustedProxies());
    }

    private static Gate gate(ApiConfig.Auth auth, Cluster cluster, Guesses guesses, Clock clock) {
        TokenSource source = auth.token().isPresent() ? auth::token : new SecretToken(cluster, auth.tokenSecret());
        Optional<KubernetesTokens> kubernetes = auth.kubernetesTokens()
                ? Optional.of(new KubernetesTokens(cluster.client(), cluster.namespace(), auth.audiences()))
                : Optional.empty();
        return new TokenGate(source, Optional.of(new NamedTokens(cluster, clock)), kubernetes, guesses);
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
        events.endStreams();
        api.close();
        management.close();
        stamper.close();
        agents.close();
        events.close();
        database.ifPresent(MongoConnection::close);
        cluster.close();
    }
}
