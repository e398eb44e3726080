package sh.keptn.api;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The accounts and the role of the API server as they are shipped, in a test's namespace. */
final class ShippedAccount {
    private static final Path INSTALL = Path.of("..", "deploy", "install");

    private ShippedAccount() {}

    /** A client that may do what the shipped API server may. */
    static KubernetesClient install(KubernetesClient admin, Config access, String namespace) throws IOException {
        for (String file : List.of("10-service-accounts.yaml", "21-api-server-role.yaml")) {
            String yaml = Files.readString(INSTALL.resolve(file))
                    .replace("namespace: keptn\n", "namespace: " + namespace + "\n");
            admin.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                    .items()
                    .forEach(item -> admin.resource(item).create());
        }
        return as("keptn-api-server", admin, access, namespace);
    }

    /** A client of one of the accounts in that namespace. */
    static KubernetesClient as(String account, KubernetesClient admin, Config access, String namespace) {
        String token = admin.serviceAccounts()
                .inNamespace(namespace)
                .withName(account)
                .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
                .getStatus()
                .getToken();
        Config config = new ConfigBuilder(access)
                .withClientCertData(null)
                .withClientKeyData(null)
                .withClientCertFile(null)
                .withClientKeyFile(null)
                .withOauthToken(token)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
