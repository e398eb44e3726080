package sh.keptn.operator.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.core.error.KeptnException;
import sh.keptn.crds.deployment.Engine;
import sh.keptn.crds.service.ServiceSource;

class FolderRendererTest {
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: %s}
            """;

    private final Renderer renderer = RenderRoom.renderer(new NoHelm(), () -> "v1.34.0");

    @ParameterizedTest
    @ValueSource(strings = {"manifests", "k8s", "template-image-only", "template-everything"})
    void rendersAFolderAsWritten(String name) throws IOException {
        GoldenFolder folder = new GoldenFolder(name);

        Rendering rendering = renderer.render(folder.request());

        folder.assertRendersAsWritten(rendering);
    }

    @Test
    void takesManifestsBeforeK8sAndBothBeforeValues() {
        FolderContent folder = Folders.of(
                "k8s/a.yaml",
                POD.formatted("k8s"),
                "manifests/a.yaml",
                POD.formatted("manifests"),
                "values.yaml",
                "image: a");

        Rendering rendering = renderer.render(Folders.request(folder));

        assertThat(rendering)
                .isInstanceOfSatisfying(
                        Rendering.Objects.class,
                        made -> assertThat(made.objects())
                                .extracting(object -> object.getMetadata().getName())
                                .containsExactly("manifests"));
    }

    @Test
    void saysWhatItLookedForInAFolderWithNothing() {
        FolderContent folder = Folders.of("metadata.yaml", "servicename: carts", "values.yaml", "replicas: 2");

        Rendering rendering = renderer.render(Folders.request(folder));

        assertThat(rendering)
                .isEqualTo(new Rendering.Nothing("the folder holds neither a chart (helm/carts/Chart.yaml), nor YAML or"
                        + " JSON files in manifests/ or k8s/, nor a values.yaml with an image"));
    }

    @Test
    void refusesAForcedSourceThatIsNotThere() {
        FolderContent folder = Folders.of("values.yaml", "image: a");

        assertThatExceptionOfType(KeptnException.class)
                .isThrownBy(() ->
                        renderer.render(Folders.request(ServiceSource.Manifests, Optional.of("deploy/yaml"), folder)))
                .withMessage(
                        "spec.source: is Manifests, but the folder does not hold YAML or JSON files in deploy/yaml/");
    }

    @Test
    void rendersFromAnotherPlaceWhereItIsNamed() {
        FolderContent folder =
                Folders.of("deploy/yaml/a.yaml", POD.formatted("there"), "manifests/a.yaml", POD.formatted("here"));

        Rendering rendering =
                renderer.render(Folders.request(ServiceSource.Manifests, Optional.of("deploy/yaml"), folder));

        assertThat(rendering).isInstanceOfSatisfying(Rendering.Objects.class, made -> {
            assertThat(made.engine()).isEqualTo(Engine.Manifests);
            assertThat(made.objects())
                    .extracting(GenericKubernetesResource::getMetadata)
                    .extracting("name")
                    .containsExactly("there");
        });
    }

    @Test
    void hasNothingToDeployWhereManifestsHoldOnlyComments() {
        Rendering rendering = renderer.render(Folders.request(Folders.of("manifests/a.yaml", "# later\n---\n")));

        assertThat(rendering).isInstanceOf(Rendering.Nothing.class);
    }

    @Test
    void refusesASettingThatTheTemplateDoesNotKnow() {
        FolderContent folder = Folders.of("values.yaml", "image: a\nreplica: 3");

        assertThatExceptionOfType(KeptnException.class)
                .isThrownBy(() -> renderer.render(Folders.request(folder)))
                .withMessageContaining("'replica' is no setting of the built-in template")
                .withMessageContaining("replicas");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image: [a]",
                "image: {tag: x}",
                "image: a\nport: 70000",
                "image: a\nreplicas: many",
                "image: a\nenv: x"
            })
    void refusesASettingOfTheWrongKind(String values) {
        assertThatExceptionOfType(KeptnException.class)
                .isThrownBy(() -> renderer.render(Folders.request(Folders.of("values.yaml", values))))
                .withMessageStartingWith("values.yaml: document 1 (line 1): ");
    }
}
