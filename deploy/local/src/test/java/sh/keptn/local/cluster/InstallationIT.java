package sh.keptn.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped YAML in a real cluster, and what the shipped roles allow in it. */
class InstallationIT {

    private static final String NAMESPACE = "keptn";
    private static final List<Path> SHIPPED = List.of(Path.of("../../crds"), Path.of("../install"));
    private static final Path KUBECONFIG = Path.of(Objects.requireNonNull(
            System.getenv("KEPTN_IT_KUBECONFIG"), "KEPTN_IT_KUBECONFIG: ./keptn-local controlplane up prints it"));

    private final PrintStream out = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);

    @TempDir
    private Path accounts;

    @TempDir
    private Path files;

    private Path token;

    @BeforeEach
    void writeAToken() throws IOException {
        token = Files.writeString(files.resolve("token"), "0123456789abcdef");
    }

    @Test
    void leavesEverythingAsItIsWhenDoneAgain() throws IOException {
        install();
        String before = generations();

        install();

        assertThat(generations()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "keptn-operator,   keptn.sh,            keptnprojects,        patch,  true",
        "keptn-operator,   keptn.sh,            keptnprojects/status, patch,  true",
        "keptn-operator,   keptn.sh,            keptnservices,        create, true",
        "keptn-operator,   events.k8s.io,       events,               create, true",
        "keptn-operator,   coordination.k8s.io, leases,               update, true",
        "keptn-operator,   keptn.sh,            keptnprojects,        delete, false",
        "keptn-operator,   keptn.sh,            keptnprojects,        update, false",
        "keptn-operator,   keptn.sh,            keptnservices,        delete, false",
        "keptn-operator,   keptn.sh,            keptnservicedeployments, delete, true",
        "keptn-operator,   '',                  configmaps,           create, false",
        "keptn-api-server, keptn.sh,            keptnprojects,        create, true",
        "keptn-api-server, keptn.sh,            keptnprojects/status, patch,  false",
        "keptn-api-server, '',                  secrets,              create, true",
        "keptn-api-server, '',                  pods,                 create, false",
    })
    void accountsMayDoWhatTheyNeedInTheirNamespaceAndNothingElsewhere(
            String account, String group, String resource, String verb, boolean allowed) throws IOException {
        install();
        try (Cluster cluster = Cluster.of(accounts.resolve(account + ".kubeconfig"))) {

            boolean answer = mayDo(cluster, NAMESPACE, group, resource, verb);

            assertThat(answer).isEqualTo(allowed);
            assertThat(mayDo(cluster, "default", group, resource, verb)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "apps,                      deployments,     watch,       true",
        "apps,                      deployments,     patch,       false",
        "'',                        namespaces,      create,      true",
        "'',                        namespaces,      delete,      false",
        "'',                        secrets,         get,         false",
        "'',                        serviceaccounts, impersonate, false",
        "rbac.authorization.k8s.io, rolebindings,    create,      true",
        "rbac.authorization.k8s.io, rolebindings,    delete,      false",
    })
    void theOperatorOnlyLooksWhereItIsNotBound(String group, String resource, String verb, boolean allowed)
            throws IOException {
        install();
        try (Cluster cluster = Cluster.of(accounts.resolve("keptn-operator.kubeconfig"))) {

            boolean answer = mayDo(cluster, "default", group, resource, verb);

            assertThat(answer).isEqualTo(allowed);
        }
    }

    @Test
    void saysWhatIsNotReady() throws IOException {
        install();
        Path project = Files.writeString(files.resolve("project.yaml"), """
                apiVersion: keptn.sh/v1alpha1
                kind: KeptnProject
                metadata: {name: nobody-works-on-it}
                spec: {suspend: true}
                """);
        try (Cluster cluster = Cluster.of(KUBECONFIG)) {
            Installation installation = new Installation(cluster, out, Duration.ofMillis(500));

            assertThatThrownBy(() -> installation.applyAndAwait(List.of(project), NAMESPACE))
                    .isInstanceOf(InstallationRefused.class)
                    .hasMessageContaining("KeptnProject nobody-works-on-it is not Ready");
            cluster.client()
                    .load(Files.newInputStream(project))
                    .inNamespace(NAMESPACE)
                    .delete();
        }
    }

    private void install() throws IOException {
        try (Cluster cluster = Cluster.of(KUBECONFIG)) {
            new Installation(cluster, out).install(SHIPPED, NAMESPACE, token, accounts);
        }
    }

    private static String generations() {
        try (Cluster cluster = Cluster.of(KUBECONFIG)) {
            var client = cluster.client();
            return client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                            .map(crd -> crd.getMetadata().getName()
                                    + crd.getMetadata().getGeneration())
                            .toList()
                    + client.rbac().roles().inNamespace(NAMESPACE).list().getItems().stream()
                            .map(role -> role.getMetadata().getName()
                                    + role.getMetadata().getResourceVersion())
                            .toList()
                            .toString();
        }
    }

    private static boolean mayDo(Cluster cluster, String namespace, String group, String resource, String verb) {
        String[] resourceAndSub = resource.split("/", 2);
        ResourceAttributesBuilder attributes = new ResourceAttributesBuilder()
                .withNamespace(namespace)
                .withGroup(group)
                .withResource(resourceAndSub[0])
                .withVerb(verb);
        if (resourceAndSub.length == 2) {
            attributes.withSubresource(resourceAndSub[1]);
        }
        var review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withResourceAttributes(attributes.build())
                .endSpec()
                .build();
        return cluster.client()
                .authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(review)
                .getStatus()
                .getAllowed();
    }
}
