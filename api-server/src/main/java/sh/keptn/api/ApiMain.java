package sh.keptn.api;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import sh.keptn.core.config.ConfigurationException;
import sh.keptn.core.config.Env;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.GitLimits;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.jgit.JGitStore;
import sh.keptn.crds.FieldManagers;

/** Starts the API server and stops it on SIGTERM. */
public final class ApiMain {
    private static final Logger log = LoggerFactory.getLogger(ApiMain.class);
    private static final Duration GARBAGE_INTERVAL = Duration.ofHours(1);

    private ApiMain() {}

    public static void main(String[] args) throws InterruptedException {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        ApiConfig config;
        try {
            config = ApiConfig.from(Env.ofProcess());
        } catch (ConfigurationException | KeptnException e) {
            log.atError().log("cannot start: {}", e.getMessage());
            System.exit(1);
            return;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Clock clock = Clock.systemUTC();
        // Kubernetes takes the name before the slash for the manager of the fields that are written.
        Config kubernetes = new ConfigBuilder(Config.autoConfigure(null))
                .withUserAgent(FieldManagers.API + "/1")
                .build();
        KubernetesClient client =
                new KubernetesClientBuilder().withConfig(kubernetes).build();
        GitStore store = new JGitStore(
                config.git().dataDir().resolve("mirrors"),
                config.git().author(),
                GitLimits.DEFAULT,
                config.git().addresses(),
                clock);
        ApiServer server = ApiServer.start(config, client, store, clock);
        Thread garbage = Thread.ofPlatform().daemon().name("garbage").start(() -> collectGarbage(store));
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            log.atInfo().log("stopping");
                            garbage.interrupt();
                            server.close();
                            store.close();
                            client.close();
                            stopped.countDown();
                        },
                        "shutdown"));
        log.atInfo()
                .addKeyValue("port", server.port())
                .addKeyValue("managementPort", server.managementPort())
                .log("started");
        stopped.await();
    }

    private static void collectGarbage(GitStore store) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(GARBAGE_INTERVAL);
                store.collectGarbage();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.atWarn().setCause(e).log("garbage in the mirrors was not collected; it is tried again");
            }
        }
    }
}
