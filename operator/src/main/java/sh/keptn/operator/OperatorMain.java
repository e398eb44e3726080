package sh.keptn.operator;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import sh.keptn.core.config.Env;
import sh.keptn.core.git.GitLimits;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.jgit.JGitStore;
import sh.keptn.crds.FieldManagers;
import sh.keptn.operator.apply.Access;
import sh.keptn.operator.apply.Applier;
import sh.keptn.operator.apply.ApplySettings;
import sh.keptn.operator.apply.DeployedObjects;
import sh.keptn.operator.cluster.Changes;
import sh.keptn.operator.cluster.Events;
import sh.keptn.operator.deployment.DeploymentReconciler;
import sh.keptn.operator.deployment.DeploymentRoom;
import sh.keptn.operator.health.HealthAssessor;
import sh.keptn.operator.management.Housekeeping;
import sh.keptn.operator.management.ManagementServer;
import sh.keptn.operator.metrics.TimedGitStore;
import sh.keptn.operator.project.ProjectReconciler;
import sh.keptn.operator.project.ProjectRoom;
import sh.keptn.operator.provision.HttpProvisioner;
import sh.keptn.operator.provision.Provisioner;
import sh.keptn.operator.render.RenderRoom;
import sh.keptn.operator.render.Renderer;
import sh.keptn.operator.service.ServiceReconciler;
import sh.keptn.operator.service.ServiceRoom;
import sh.keptn.operator.upstream.Secrets;

/** The operator's process. The only place that puts its parts together; stops them in reverse. */
public final class OperatorMain implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OperatorMain.class);
    private static final String LEASE = "keptn-operator";
    private static final Duration DRAIN = Duration.ofSeconds(20);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofMinutes(1);

    /** Whoever fights with the operator over an object is answered, but not without end. */
    private static final Duration RATE_PERIOD = Duration.ofSeconds(5);

    private static final int RATE_LIMIT = 20;
    private static final Duration SILENCE_INTERVAL = Duration.ofMinutes(1);
    private static final Duration GARBAGE_INTERVAL = Duration.ofHours(6);

    private final OperatorConfig config;
    private final KubernetesClient client;
    private final GitStore store;
    private final ExecutorService passes = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Housekeeping> chores = new ArrayList<>();
    private final Renderer renderer;
    private final DeployedObjects objects;
    private final DeploymentReconciler deployments;
    private final Operator operator;
    private final OperatorHealth health;
    private final ManagementServer management;

    OperatorMain(OperatorConfig config, KubernetesClient client) {
        this.config = config;
        this.client = client;
        Clock clock = Clock.systemUTC();
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(metrics);
        new ProcessorMetrics().bindTo(metrics);
        this.store = new TimedGitStore(
                new JGitStore(
                        config.dataDirectory().resolve("mirrors"),
                        config.author(),
                        GitLimits.DEFAULT,
                        config.addresses(),
                        clock),
                metrics);
        Secrets secrets = (namespace, name) -> Optional.ofNullable(
                client.secrets().inNamespace(namespace).withName(name).get());
        Optional<Provisioner> provisioner = config.provisioner().map(HttpProvisioner::new);
        Events events = new Events(client, clock, instance());
        this.renderer = RenderRoom.renderer(config.dataDirectory().resolve("render"), clusterVersion(client));
        this.objects = new DeployedObjects(client);
        Access access = new Access(client);
        this.deployments = DeploymentRoom.reconciler(
                store,
                client,
                secrets,
                new DeploymentRoom.Tools(
                        renderer,
                        new Applier(access, objects, new ApplySettings(config.namespace(), Set.of())),
                        objects,
                        new HealthAssessor(access, objects, clock)),
                events,
                clock);
        this.operator = new Operator(overrider -> configure(overrider, metrics));
        this.operator.register(
                ProjectRoom.reconciler(store, client, secrets, provisioner, config.webhookSecret(), events, clock),
                controller -> controller(controller, ProjectReconciler.NAME, ProjectRoom.ASKING));
        this.operator.register(
                ServiceRoom.reconciler(store, client, secrets, events, clock),
                controller -> controller(controller, ServiceReconciler.NAME, ServiceRoom.ASKING));
        this.operator.register(
                deployments,
                controller -> controller(controller, DeploymentReconciler.NAME, DeploymentRoom.ASKING)
                        .withFieldManager(FieldManagers.OPERATOR_STATUS)
                        .withRateLimiter(new LinearRateLimiter(RATE_PERIOD, RATE_LIMIT)));
        this.health = new OperatorHealth(operator, client, config.namespace());
        this.management = ManagementServer.start(
                new InetSocketAddress(
                        config.management().address(), config.management().port()),
                health::unwell,
                health::unready,
                metrics);
    }

    /** Starts the process and never returns before its end; exit code 1 if it cannot start. */
    public static void main(String[] arguments) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        try {
            OperatorConfig config = OperatorConfig.from(Env.ofProcess());
            OperatorMain main = new OperatorMain(config, client(Config.autoConfigure(null)));
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(main::close));
            main.start();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("the operator cannot start");
            System.exit(1);
        }
    }

    /** A client whose reader passes over enum constants that a newer version may have written. */
    static KubernetesClient client(Config config) {
        JsonMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(new KubernetesSerialization(mapper, true))
                .build();
    }

    /** Waits for the kinds to be installed, then begins to work. */
    void start() {
        log.atInfo()
                .addKeyValue("version", version())
                .addKeyValue("namespace", config.namespace())
                .addKeyValue("managementPort", management.port())
                .log("Keptn operator starting");
        health.awaitKinds();
        objects.start(deployments::changed);
        operator.start();
        chores.add(Housekeeping.every(GARBAGE_INTERVAL, "garbage", store::collectGarbage));
        chores.add(Housekeeping.every(SILENCE_INTERVAL, "silence", health::look));
        log.atInfo().log("Keptn operator started");
    }

    /** Where health and metrics are served. */
    int managementPort() {
        return management.port();
    }

    @Override
    public void close() {
        health.stopping();
        operator.stop();
        chores.forEach(Housekeeping::close);
        passes.close();
        objects.close();
        renderer.close();
        store.close();
        management.close();
        client.close();
        log.atInfo().log("Keptn operator stopped");
    }

    private void configure(ConfigurationServiceOverrider overrider, PrometheusMeterRegistry metrics) {
        overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .checkingCRDAndValidateLocalModel(false)
                .withUseSSAToPatchPrimaryResource(true)
                .withExecutorService(passes)
                .withReconciliationTerminationTimeout(DRAIN)
                .withMetrics(MicrometerMetrics.withoutPerResourceMetrics(metrics));
        if (config.leaderElection()) {
            overrider.withLeaderElectionConfiguration(
                    LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
                            .withLeaseNamespace(config.namespace())
                            .withExitOnStopLeading(false)
                            .withLeaderCallbacks(new LeaderCallbacks(() -> {}, OperatorMain::lostLead, leader -> {}))
                            .build());
        }
    }

    /**
     * Another replica may lead from now on, so this process ends. On a thread of its own: when the lead is given up by a
     * shutdown, an exit on the shutdown's own thread would wait for itself for ever.
     */
    private static void lostLead() {
        Thread.ofPlatform().daemon().name("lost-lead").start(() -> System.exit(1));
    }

    private <P extends HasMetadata> ControllerConfigurationOverrider<P> controller(
            ControllerConfigurationOverrider<P> controller, String name, Set<String> asking) {
        return controller
                .withName(name)
                .settingNamespace(config.namespace())
                .withFieldManager(FieldManagers.OPERATOR)
                .withGenerationAware(false)
                .withOnUpdateFilter((now, before) -> Changes.ask(now, before, asking))
                .withRetry(new GenericRetry()
                        .withoutMaxAttempts()
                        .setInitialInterval(FIRST_RETRY)
                        .setIntervalMultiplier(2)
                        .setMaxInterval(LAST_RETRY.toMillis()));
    }

    /** The cluster's version, asked for once it is needed; a cluster that was upgraded meanwhile is close enough. */
    private static Supplier<String> clusterVersion(KubernetesClient client) {
        AtomicReference<String> known = new AtomicReference<>("");
        return () -> known.updateAndGet(
                version -> version.isEmpty() ? client.getKubernetesVersion().getGitVersion() : version);
    }

    private static String version() {
        return Optional.ofNullable(OperatorMain.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    private static String instance() {
        return ProcessHandle.current().pid() + "";
    }
}
