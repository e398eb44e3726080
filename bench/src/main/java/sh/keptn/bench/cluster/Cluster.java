package sh.keptn.bench.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.List;
import sh.keptn.bench.measure.ClosedLoop;

/** What a person does with kubectl, without kubectl's start. */
public final class Cluster implements AutoCloseable {
    private static final String MANAGER = "bench";

    private final Path kubeconfig;
    private final KubernetesClient client;

    private Cluster(Path kubeconfig, KubernetesClient client) {
        this.kubeconfig = kubeconfig;
        this.client = client;
    }

    /** Opens the cluster of a kubeconfig's current context. */
    public static Cluster of(Path kubeconfig) {
        Config config = Config.fromKubeconfig(kubeconfig.toFile());
        return new Cluster(
                kubeconfig, new KubernetesClientBuilder().withConfig(config).build());
    }

    public Path kubeconfig() {
        return kubeconfig;
    }

    public KubernetesClient client() {
        return client;
    }

    public void namespace(String name) {
        apply(new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build());
    }

    /** Server-side apply. */
    public void apply(HasMetadata resource) {
        client.resource(resource).fieldManager(MANAGER).forceConflicts().serverSideApply();
    }

    /** Server-side apply of many by a few clients side by side, each of the list once. */
    public void applyAll(List<? extends HasMetadata> resources, int clients) {
        int each = Math.ceilDiv(resources.size(), clients);
        ClosedLoop.run(clients, each, (worker, turn) -> {
            int index = worker * each + turn;
            if (index < resources.size()) {
                apply(resources.get(index));
            }
        });
    }

    @Override
    public void close() {
        client.close();
    }
}
