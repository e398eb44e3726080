package sh.keptn.operator;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import sh.keptn.core.config.Env;

/** What an administrator installs: the kinds, and the operator's shipped account and role, here in one namespace. */
public final class Installation {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("kubectl")
            .withForce(true)
            .build();

    private final KubernetesClient client;
    private final String namespace;

    public Installation(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    public static Config admin() {
        String file = Optional.ofNullable(System.getProperty("KEPTN_IT_KUBECONFIG"))
                .or(() -> new Env(System.getenv()).text("KEPTN_IT_KUBECONFIG"))
                .orElseThrow(() -> new IllegalStateException("KEPTN_IT_KUBECONFIG must name the kubeconfig of an"
                        + " administrator; ./keptn-local controlplane up prints one"));
        return Config.fromKubeconfig(Path.of(file).toFile());
    }

    public void installKinds() {
        for (String file : List.of(
                "keptnprojects.keptn.sh.yml", "keptnservices.keptn.sh.yml", "keptnservicedeployments.keptn.sh.yml")) {
            var kind = client.resource(read(REPOSITORY.resolve("crds").resolve(file)));
            kind.patch(APPLY);
        }
        for (String name :
                List.of("keptnprojects.keptn.sh", "keptnservices.keptn.sh", "keptnservicedeployments.keptn.sh")) {
            client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName(name)
                    .waitUntilCondition(
                            kind -> kind != null
                                    && kind.getStatus() != null
                                    && kind.getStatus().getConditions().stream()
                                            .anyMatch(condition -> "Established".equals(condition.getType())
                                                    && "True".equals(condition.getStatus())),
                            30,
                            TimeUnit.SECONDS);
        }
    }

    /** The shipped account and roles, the account in this test's namespace. */
    public void installAccount() {
        for (String file :
                List.of("10-service-accounts.yaml", "20-operator-role.yaml", "23-operator-cluster-roles.yaml")) {
            String yaml = read(REPOSITORY.resolve("deploy/install").resolve(file))
                    .replace("namespace: keptn\n", "namespace: " + namespace + "\n");
            client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                    .items()
                    .forEach(item -> {
                        if (item instanceof ClusterRoleBinding) {
                            item.getMetadata().setName(clusterBinding());
                        }
                        client.resource(item).patch(APPLY);
                    });
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client.rbac()
                                .clusterRoles()
                                .withName("keptn-deployer")
                                .get()
                                .getRules()
                                .size()
                        > 0);
    }

    /** Takes away what the namespace's end does not take along. */
    public void removeAccount() {
        client.rbac().clusterRoleBindings().withName(clusterBinding()).delete();
    }

    private String clusterBinding() {
        return "keptn-operator-" + namespace;
    }

    /** A kubeconfig of the shipped account, for a process of its own. */
    Path kubeconfig(Path directory) {
        Config access = operatorAccess();
        String yaml = """
                apiVersion: v1
                kind: Config
                current-context: it
                clusters:
                - name: it
                  cluster:
                    server: %s
                    certificate-authority-data: %s
                users:
                - name: it
                  user:
                    token: %s
                contexts:
                - name: it
                  context: {cluster: it, user: it, namespace: %s}
                """.formatted(access.getMasterUrl(), caData(access), access.getOauthToken(), namespace);
        try {
            return Files.writeString(directory.resolve("kubeconfig"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String caData(Config access) {
        if (access.getCaCertData() != null) {
            return access.getCaCertData();
        }
        return Base64.getEncoder()
                .encodeToString(read(Path.of(Objects.requireNonNull(access.getCaCertFile())))
                        .getBytes(StandardCharsets.UTF_8));
    }

    public Config operatorAccess() {
        String token = client.serviceAccounts()
                .inNamespace(namespace)
                .withName("keptn-operator")
                .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
                .getStatus()
                .getToken();
        return new ConfigBuilder(admin())
                .withClientCertData(null)
                .withClientKeyData(null)
                .withClientCertFile(null)
                .withClientKeyFile(null)
                .withOauthToken(token)
                .build();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
