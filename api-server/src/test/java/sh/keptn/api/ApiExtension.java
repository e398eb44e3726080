package sh.keptn.api;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import sh.keptn.api.http.Routes;
import sh.keptn.core.config.Env;
import sh.keptn.core.git.GitLimits;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.jgit.JGitStore;
import sh.keptn.crds.FieldManagers;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.local.cluster.Cluster;
import sh.keptn.local.cluster.Installation;
import sh.keptn.local.git.GitServer;

/**
 * The real API server on free ports, before a real Kubernetes API, in a namespace of its own; one for a test class:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final ApiExtension api = new ApiExtension();
 * }</pre>
 */
public final class ApiExtension implements BeforeAllCallback, AfterAllCallback {
    public static final String TOKEN = "the-right-token-0123456789";

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final String namespace = "api-" + UUID.randomUUID().toString().substring(0, 8);
    private boolean operatorWanted;
    private boolean provisionerWanted;
    private @Nullable OperatorProcess operator;
    private @Nullable KubernetesClient client;
    private @Nullable ApiServer server;
    private @Nullable GitStore store;
    private @Nullable GitServer git;
    private @Nullable Path dataDir;

    public ApiExtension() {
        settings.put("KEPTN_NAMESPACE", namespace);
        settings.put("KEPTN_BIND_ADDRESS", "127.0.0.1");
        settings.put("KEPTN_PORT", "0");
        settings.put("KEPTN_MANAGEMENT_PORT", "0");
        settings.put("KEPTN_API_TOKEN", TOKEN);
        settings.put("KEPTN_ALLOW_LOOPBACK_UPSTREAMS", "true");
    }

    /** One environment variable more, or another value for one. */
    public ApiExtension with(String variable, String value) {
        settings.put(variable, value);
        return this;
    }

    /** Runs the real operator beside the server, as a process of its own. */
    public ApiExtension withOperator() {
        operatorWanted = true;
        return this;
    }

    /** Lets the server and the operator ask the Git server for upstreams. */
    public ApiExtension withProvisioner() {
        provisionerWanted = true;
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        // Two cores may be shared by several test runs: waiting ends early when there is nothing to wait for.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        dataDir = Files.createTempDirectory("keptn-api");
        settings.put("KEPTN_DATA_DIR", dataDir.resolve("api").toString());
        git = GitServer.start(dataDir.resolve("git"), 0);
        if (provisionerWanted) {
            settings.put("KEPTN_GIT_PROVISIONING_URL", git.url().toString());
        }
        client = new KubernetesClientBuilder().withConfig(kubeconfig()).build();
        try (Cluster cluster = Cluster.of(kubeconfigPath())) {
            new Installation(cluster, System.out).installKinds(Path.of("..", "crds"));
        }
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        if (operatorWanted) {
            operator = OperatorProcess.start(kubeconfigPath(), dataDir.resolve("operator"), settings);
        }
        start();
    }

    /** Starts the server again with the settings as they are now; {@link #stop} comes first. */
    public void start() {
        ApiConfig config = ApiConfig.from(new Env(settings));
        store = new JGitStore(
                config.git().dataDir().resolve("mirrors"),
                config.git().author(),
                GitLimits.DEFAULT,
                config.git().addresses(),
                Clock.systemUTC());
        server = ApiServer.start(config, kubernetes(), store, Clock.systemUTC());
        Awaitility.await("informers are synced")
                .until(() -> http().get(managementUrl() + "/readyz").status() == 200);
    }

    public void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
        if (store != null) {
            store.close();
            store = null;
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        stop();
        if (operator != null) {
            // While the operator is there to let them go.
            var projects = kubernetes().resources(KeptnProject.class).inNamespace(namespace);
            projects.delete();
            Awaitility.await("projects are gone")
                    .until(() -> projects.list().getItems().isEmpty());
            operator.close();
        }
        if (client != null) {
            client.namespaces().withName(namespace).delete();
            client.close();
        }
        if (git != null) {
            git.close();
        }
        if (dataDir != null) {
            try (var files = Files.walk(dataDir)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    /** The base of all calls, as Keptn's KEPTN_ENDPOINT: ends in {@code /api}. */
    public String endpoint() {
        return "http://127.0.0.1:" + port() + "/api";
    }

    public String managementUrl() {
        return "http://127.0.0.1:" + Objects.requireNonNull(server).managementPort();
    }

    /** Every route of the server. */
    public Routes routes() {
        return Objects.requireNonNull(server).routes();
    }

    public int port() {
        return Objects.requireNonNull(server).port();
    }

    public String namespace() {
        return namespace;
    }

    /** An administrator's client; closed with the extension. */
    public KubernetesClient kubernetes() {
        return Objects.requireNonNull(client);
    }

    /** The store that the server reads and writes with. */
    public GitStore store() {
        return Objects.requireNonNull(store);
    }

    /** The operator beside the server. */
    public OperatorProcess operator() {
        return Objects.requireNonNull(operator);
    }

    /** A Git server for upstreams, smart HTTP with tokens. */
    public GitServer git() {
        return Objects.requireNonNull(git);
    }

    /** An empty folder of this test class. */
    public Path folder(String name) {
        return Objects.requireNonNull(dataDir).resolve(name);
    }

    /** Calls with the right token. */
    public HttpCalls http() {
        return new HttpCalls(Optional.of(TOKEN));
    }

    /** Calls without a token. */
    public HttpCalls anonymous() {
        return new HttpCalls(Optional.empty());
    }

    /** Calls with that token. */
    public HttpCalls withToken(String token) {
        return new HttpCalls(Optional.of(token));
    }

    static Path kubeconfigPath() {
        return Path.of(Optional.ofNullable(System.getProperty("KEPTN_IT_KUBECONFIG"))
                .or(() -> Optional.ofNullable(System.getenv("KEPTN_IT_KUBECONFIG")))
                .orElseThrow(() -> new IllegalStateException(
                        "KEPTN_IT_KUBECONFIG must name an admin kubeconfig of a real control plane")));
    }

    private static Config kubeconfig() {
        try {
            Config config = Config.fromKubeconfig(Files.readString(kubeconfigPath()));
            return new ConfigBuilder(config)
                    .withUserAgent(FieldManagers.API + "/1")
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("KEPTN_IT_KUBECONFIG cannot be read", e);
        }
    }
}
