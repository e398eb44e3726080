package sh.keptn.local.cluster;

import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamedContextBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

/** Lets a process outside the cluster act as one of the service accounts that are shipped, with no right but theirs. */
final class Accounts {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NAME = "keptn";

    private final Cluster cluster;

    Accounts(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Writes {@code <account>.kubeconfig} into a directory, with a token that lasts until its Secret is deleted. */
    void writeKubeconfig(ServiceAccount account, Path directory) throws IOException {
        Secret secret = new SecretBuilder()
                .withNewMetadata()
                .withName(account.getMetadata().getName() + "-local")
                .withNamespace(account.getMetadata().getNamespace())
                .addToAnnotations(
                        "kubernetes.io/service-account.name",
                        account.getMetadata().getName())
                .endMetadata()
                .withType("kubernetes.io/service-account-token")
                .build();
        cluster.apply(secret);
        HasMetadata filled = cluster.await(secret, Accounts::hasToken, PATIENCE)
                .orElseThrow(() -> new InstallationRefused("the cluster's controllers gave no token to "
                        + account.getMetadata().getName() + " within " + PATIENCE.toSeconds() + " s"));
        Path file = directory.resolve(account.getMetadata().getName() + ".kubeconfig");
        PrivateFile.write(file, kubeconfig(account, token((Secret) filled)));
    }

    private String kubeconfig(ServiceAccount account, String token) {
        Config access = cluster.client().getConfiguration();
        var namedCluster = KubeconfigContext.clusterOf(access, NAME);
        // @formatter:off
        return io.fabric8.kubernetes.client.utils.Serialization.asYaml(new ConfigBuilder()
                .withApiVersion("v1")
                .withKind("Config")
                .withClusters(namedCluster)
                .addNewUser()
                .withName(NAME)
                .withNewUser()
                .withToken(token)
                .endUser()
                .endUser()
                .withContexts(new NamedContextBuilder()
                        .withName(NAME)
                        .withNewContext()
                        .withCluster(NAME)
                        .withUser(NAME)
                        .withNamespace(account.getMetadata().getNamespace())
                        .endContext()
                        .build())
                .withCurrentContext(NAME)
                .build());
        // @formatter:on
    }

    private static boolean hasToken(HasMetadata secret) {
        return secret instanceof Secret filled
                && filled.getData() != null
                && filled.getData().containsKey("token");
    }

    private static String token(Secret secret) {
        return new String(Base64.getDecoder().decode(secret.getData().get("token")), StandardCharsets.UTF_8);
    }
}
