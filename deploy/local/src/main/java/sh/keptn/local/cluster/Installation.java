package sh.keptn.local.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Brings the shipped YAML into a cluster. Doing it again changes nothing. */
public final class Installation {

    private static final String TOKEN = "keptn-api-token";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Cluster cluster;
    private final PrintStream out;
    private final Duration patience;

    public Installation(Cluster cluster, PrintStream out) {
        this(cluster, out, PATIENCE);
    }

    Installation(Cluster cluster, PrintStream out, Duration patience) {
        this.cluster = cluster;
        this.out = out;
        this.patience = patience;
    }

    /**
     * Definitions first, then everything else in the order it came, then the API token as a Secret, then a kubeconfig
     * per service account.
     */
    public void install(List<Path> manifests, String namespace, Path tokenFile, Path accounts) throws IOException {
        List<HasMetadata> resources = Manifests.read(cluster.client(), manifests);
        installKinds(resources);
        resources.stream()
                .filter(Predicate.not(CustomResourceDefinition.class::isInstance))
                .forEach(cluster::apply);
        keep(namespace, TOKEN, TOKEN, tokenFile);
        Accounts kubeconfigs = new Accounts(cluster);
        for (ServiceAccount account : only(resources, ServiceAccount.class)) {
            kubeconfigs.writeKubeconfig(account, accounts);
        }
    }

    /** The definitions alone; returns when the cluster serves them. */
    public void installKinds(Path folder) throws IOException {
        installKinds(Manifests.read(cluster.client(), List.of(folder)));
    }

    private void installKinds(List<HasMetadata> resources) {
        List<CustomResourceDefinition> definitions = only(resources, CustomResourceDefinition.class);
        CustomResources customResources = new CustomResources(cluster);
        customResources.refuseForeign(definitions);
        customResources.install(definitions);
    }

    /** Puts what a file holds into a Secret, under that key. */
    public void keep(String namespace, String secret, String key, Path file) throws IOException {
        cluster.apply(new SecretBuilder()
                .withNewMetadata()
                .withName(secret)
                .withNamespace(namespace)
                .endMetadata()
                .addToStringData(key, Files.readString(file).strip())
                .build());
    }

    /** Applies Keptn resources and waits until each says that it is Ready. */
    public void applyAndAwait(List<Path> manifests, String namespace) throws IOException {
        List<HasMetadata> resources = Manifests.read(cluster.client(), manifests);
        for (HasMetadata resource : resources) {
            if (resource.getMetadata().getNamespace() == null) {
                resource.getMetadata().setNamespace(namespace);
            }
            cluster.apply(resource);
        }
        for (HasMetadata resource : resources) {
            String name = resource.getKind() + " " + resource.getMetadata().getName();
            Optional<HasMetadata> ready = cluster.await(resource, Installation::isReady, patience);
            if (ready.isEmpty()) {
                throw new InstallationRefused(name + " is not Ready after " + patience.toSeconds() + " s: "
                        + Cluster.condition(cluster.client().resource(resource).get(), "Ready")
                                .map(condition -> condition.reason() + ", " + condition.message())
                                .orElse("it has no condition yet"));
            }
            out.println("  " + name + " is ready");
        }
    }

    private static boolean isReady(HasMetadata resource) {
        return Cluster.condition(resource, "Ready").filter(Condition::isTrue).isPresent();
    }

    private static <T extends HasMetadata> List<T> only(List<HasMetadata> resources, Class<T> kind) {
        return resources.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
