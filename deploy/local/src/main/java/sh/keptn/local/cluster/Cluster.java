package sh.keptn.local.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** A cluster as seen by the administrator who installs Keptn in it. */
public final class Cluster implements AutoCloseable {

    /** Under this name the cluster remembers which fields were written here. */
    static final String FIELD_MANAGER = "keptn-local";

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final KubernetesClient client;

    private Cluster(KubernetesClient client) {
        this.client = client;
    }

    /** Opens the cluster of a kubeconfig's current context; nothing else in the surroundings is asked. */
    public static Cluster of(Path kubeconfig) {
        Config config = Config.fromKubeconfig(kubeconfig.toFile());
        return new Cluster(new KubernetesClientBuilder().withConfig(config).build());
    }

    KubernetesClient client() {
        return client;
    }

    /** Writes a resource by server-side apply: only the fields it names, and those for good. */
    void apply(HasMetadata resource) {
        client.resource(resource).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
    }

    /** Waits until a resource is as wanted; empty when the time is over. */
    Optional<HasMetadata> await(HasMetadata resource, Predicate<HasMetadata> wanted, Duration patience) {
        Instant end = Instant.now().plus(patience);
        while (true) {
            HasMetadata now = client.resource(resource).get();
            if (now != null && wanted.test(now)) {
                return Optional.of(now);
            }
            if (Instant.now().isAfter(end)) {
                return Optional.empty();
            }
            pause();
        }
    }

    /** What a resource of any kind says in one of its conditions. */
    static Optional<Condition> condition(HasMetadata resource, String type) {
        return resource instanceof GenericKubernetesResource generic ? Condition.of(generic, type) : Optional.empty();
    }

    @Override
    public void close() {
        client.close();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while waiting", stopped);
        }
    }
}
