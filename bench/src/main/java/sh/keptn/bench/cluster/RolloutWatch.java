package sh.keptn.bench.cluster;

import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import sh.keptn.bench.measure.VoidRun;

/** Sees the ReplicaSets of a namespace as they are made: a new one is the moment at which a rollout begins. */
public final class RolloutWatch implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, CompletableFuture<Long>> seen = new ConcurrentHashMap<>();
    private final Watch watch;

    private RolloutWatch(Cluster cluster, String namespace) {
        this.watch = cluster.client()
                .apps()
                .replicaSets()
                .inNamespace(namespace)
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, ReplicaSet replicas) {
                        long now = System.nanoTime();
                        replicas.getSpec()
                                .getTemplate()
                                .getSpec()
                                .getContainers()
                                .forEach(container ->
                                        moment(container.getImage()).complete(now));
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        seen.values().forEach(future -> future.completeExceptionally(cause));
                    }
                });
    }

    public static RolloutWatch of(Cluster cluster, String namespace) {
        return new RolloutWatch(cluster, namespace);
    }

    /** When the first ReplicaSet with that image was seen, on the clock of {@link System#nanoTime()}; waits for it. */
    public long of(String image) throws InterruptedException {
        try {
            return moment(image).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new VoidRun("no ReplicaSet with the image " + image + " came", e);
        }
    }

    private CompletableFuture<Long> moment(String image) {
        return seen.computeIfAbsent(image, name -> new CompletableFuture<>());
    }

    @Override
    public void close() {
        watch.close();
    }
}
