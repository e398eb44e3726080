package sh.keptn.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sh.keptn.crds.project.KeptnProject;

/**
 * Samples thrown at a real API server. A file in {@code samples/valid} must pass; one in {@code samples/invalid} says in
 * its first line how it is refused. Adding a case is adding a file.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CustomResourceValidationIT {
    private static final Path SAMPLES = Path.of("src/test/resources/samples");
    private static final String REFUSED = "# refused: ";
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("kubectl")
            .withForce(true)
            .build();

    private final KubernetesClient client =
            new KubernetesClientBuilder().withConfig(admin()).build();
    private final String namespace = "kinds-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    void installKinds() throws IOException {
        for (String kind : List.of("keptnprojects.keptn.sh", "keptnservices.keptn.sh")) {
            client.resource(Files.readString(Path.of(kind + ".yml"))).patch(APPLY);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> client
                            .apiextensions()
                            .v1()
                            .customResourceDefinitions()
                            .withName(kind)
                            .get()
                            .getStatus()
                            .getConditions()
                            .stream()
                            .anyMatch(condition ->
                                    "Established".equals(condition.getType()) && "True".equals(condition.getStatus())));
        }
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        await("the schema of this build is served")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThatThrownBy(
                                () -> dryRun(Files.readString(SAMPLES.resolve("invalid/project-without-spec.yaml"))))
                        .isInstanceOf(KubernetesClientException.class));
    }

    @AfterAll
    void removeNamespace() {
        client.namespaces().withName(namespace).delete();
        client.close();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void acceptsAValidSample(Path sample) throws IOException {
        String yaml = Files.readString(sample);

        assertThatCode(() -> dryRun(yaml)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void refusesAnInvalidSampleWithTheReasonInItsFirstLine(Path sample) throws IOException {
        String yaml = Files.readString(sample);
        String first = yaml.lines().findFirst().orElseThrow();
        assertThat(first).startsWith(REFUSED);

        assertThatThrownBy(() -> dryRun(yaml))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(first.substring(REFUSED.length()));
    }

    @Test
    void fillsInTheDefaults() throws IOException {
        HasMetadata answer = dryRun(Files.readString(SAMPLES.resolve("valid/project-provisioned.yaml")));

        var spec = Serialization.clone(((GenericKubernetesResource) answer).<Map<String, Object>>get("spec"));
        assertThat(spec)
                .isEqualTo(Map.of(
                        "git",
                        Map.of("layout", "Branch", "adoptExisting", true),
                        "interval",
                        "1m",
                        "timeout",
                        "60s",
                        "discoverServices",
                        true,
                        "deletionPolicy",
                        "Delete"));
    }

    @Test
    void refusesAnotherLayoutForAProjectThatExists() throws IOException {
        String yaml = Files.readString(SAMPLES.resolve("valid/project-minimal.yaml"));
        client.resource(inNamespace(yaml)).create();

        assertThatThrownBy(() -> client.resources(KeptnProject.class)
                        .inNamespace(namespace)
                        .withName("sockshop")
                        .patch(
                                new PatchContext.Builder()
                                        .withPatchType(PatchType.JSON_MERGE)
                                        .build(),
                                "{\"spec\":{\"git\":{\"layout\":\"Directory\"}}}"))
                .hasMessageContaining("spec.git.layout cannot be changed");
    }

    private HasMetadata dryRun(String yaml) {
        return client.resource(inNamespace(yaml)).dryRun(true).create();
    }

    /** Untyped, so that what our own classes would drop reaches the API server. */
    private GenericKubernetesResource inNamespace(String yaml) {
        var resource = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        resource.getMetadata().setNamespace(namespace);
        return resource;
    }

    static Stream<Path> valid() throws IOException {
        return samples("valid");
    }

    static Stream<Path> invalid() throws IOException {
        return samples("invalid");
    }

    private static Stream<Path> samples(String folder) throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES.resolve(folder))) {
            return files.sorted().toList().stream();
        }
    }

    private static Config admin() {
        String file = Optional.ofNullable(System.getProperty("KEPTN_IT_KUBECONFIG"))
                .or(() -> Optional.ofNullable(System.getenv("KEPTN_IT_KUBECONFIG")))
                .orElseThrow(() -> new IllegalStateException("KEPTN_IT_KUBECONFIG must name the kubeconfig of an"
                        + " administrator; ./keptn-local controlplane up prints one"));
        return Config.fromKubeconfig(Path.of(file).toFile());
    }
}
