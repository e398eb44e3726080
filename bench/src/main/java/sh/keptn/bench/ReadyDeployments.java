package sh.keptn.bench;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import sh.keptn.bench.cluster.Cluster;
import sh.keptn.bench.measure.VoidRun;
import sh.keptn.crds.deployment.KeptnServiceDeployment;

/** Counts the deployments of a fleet as they become Ready. */
final class ReadyDeployments implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration WORDS = Duration.ofSeconds(10);

    private final Set<String> ready = ConcurrentHashMap.newKeySet();
    private final String fleet;
    private final Consumer<String> progress;
    private final SharedIndexInformer<KeptnServiceDeployment> informer;

    ReadyDeployments(Cluster cluster, String namespace, String fleet, Consumer<String> progress) {
        this.fleet = fleet;
        this.progress = progress;
        this.informer = cluster.client()
                .resources(KeptnServiceDeployment.class)
                .inNamespace(namespace)
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(KeptnServiceDeployment deployment) {
                        look(deployment);
                    }

                    @Override
                    public void onUpdate(KeptnServiceDeployment before, KeptnServiceDeployment now) {
                        look(now);
                    }

                    @Override
                    public void onDelete(KeptnServiceDeployment deployment, boolean unknown) {
                        ready.remove(key(deployment));
                    }
                });
    }

    /** How long it took since {@code begin} until so many of a stage were Ready; of all stages if it is empty. */
    Duration await(String stage, int count, long begin) throws InterruptedException {
        long said = System.nanoTime();
        while (true) {
            long now = System.nanoTime();
            long there = ready.stream()
                    .filter(key -> stage.isEmpty() || key.startsWith(stage + "/"))
                    .count();
            if (there >= count) {
                return Duration.ofNanos(now - begin);
            }
            if (now - said > WORDS.toNanos()) {
                progress.accept(there + " of " + count + " ready after " + (now - begin) / 1_000_000_000 + " s");
                said = now;
            }
            VoidRun.unless(now - begin < PATIENCE.toNanos(), "only " + there + " of " + count + " became ready");
            Thread.sleep(PAUSE);
        }
    }

    @Override
    public void close() {
        informer.close();
    }

    private void look(KeptnServiceDeployment deployment) {
        if (!deployment.getSpec().project().startsWith(fleet + "-")) {
            return;
        }
        boolean isReady = deployment.getStatus() != null
                && Objects.equals(
                        deployment.getStatus().observedGeneration(),
                        deployment.getMetadata().getGeneration())
                && !deployment.getStatus().images().isEmpty()
                && deployment.getStatus().conditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
        if (isReady) {
            ready.add(key(deployment));
        } else {
            ready.remove(key(deployment));
        }
    }

    private static String key(KeptnServiceDeployment deployment) {
        return deployment.getSpec().stage() + "/" + deployment.getMetadata().getName();
    }
}
