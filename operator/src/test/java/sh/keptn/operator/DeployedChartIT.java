package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static sh.keptn.operator.Scene.configMap;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.core.git.Content;
import sh.keptn.core.git.HelmChartArchive;
import sh.keptn.crds.deployment.Engine;

/** Charts, from the branch to the cluster. */
class DeployedChartIT {
    @RegisterExtension
    static final OperatorExtension keptn = new OperatorExtension();

    @Test
    void aBadChartHindersItselfAlone() {
        Scene scene = Scene.ready(keptn, "chart", "dev");
        scene.push("dev", "bad/helm/bad/Chart.yaml", "apiVersion: v2\nname: bad\nversion: {{ broken\n");
        scene.push("dev", "good/manifests/one.yaml", configMap("one", "'one'"));

        scene.awaitReady("dev", "good");
        scene.await(() -> assertThat(scene.reason("dev", "bad")).isEqualTo("RenderFailed"));
    }

    @Test
    void aChartRunsWithTheValuesOfItsStage() throws IOException {
        Scene scene = Scene.ready(keptn, "values", "dev", "qa");
        for (String stage : List.of("dev", "qa")) {
            scene.pushAll(
                    stage,
                    "carts",
                    Map.of(
                            "helm/carts/Chart.yaml", text("apiVersion: v2\nname: carts\nversion: 1.0.0\n"),
                            "helm/carts/values.yaml", text("text: chart\n"),
                            "helm/carts/templates/all.yaml",
                                    text(configMap("one", "{{ .Values.text }} {{ .Values.keptn.stage }}")),
                            "values.yaml", text("text: " + stage + "s own\n")));
        }

        scene.awaitText("one", "devs own dev");
        scene.await(() -> assertThat(
                        scene.config(scene.project() + "-qa", "one").map(ConfigMap::getData))
                .hasValue(Map.of("text", "qas own qa")));
        scene.awaitReady("dev", "carts");
        assertThat(scene.status("dev", "carts").engine()).isEqualTo(Engine.Helm);
    }

    @Test
    void anArchiveRunsLikeTheChartItHolds() throws IOException {
        Scene scene = Scene.ready(keptn, "packed", "dev");

        scene.pushAll("dev", "carts", Map.of("helm/carts.tgz", packed("carts", configMap("one", "packed"))));

        scene.awaitText("one", "packed");
        scene.awaitReady("dev", "carts");
        assertThat(scene.status("dev", "carts").engine()).isEqualTo(Engine.Helm);
        scene.pushAll("dev", "carts", Map.of("helm/carts.tgz", packed("carts", configMap("two", "packed"))));
        scene.awaitText("two", "packed");
        scene.await(() -> assertThat(scene.config("one")).isEmpty());
    }

    @Test
    void r26AHostileArchiveStallsItsOwnDeploymentAndIsNamed() throws IOException {
        Scene scene = Scene.ready(keptn, "hostile", "dev");
        scene.pushAll("dev", "bomb", Map.of("helm/bomb.tgz", packed("bomb", "# " + "a".repeat(24 << 20))));
        scene.pushAll("dev", "none", Map.of("helm/none.tgz", text("no archive")));
        scene.push("dev", "good/manifests/one.yaml", configMap("one", "'one'"));

        scene.awaitReady("dev", "good");
        scene.awaitReason("dev", "bomb", "RenderFailed", "helm/bomb.tgz");
        scene.awaitReason("dev", "none", "RenderFailed", "helm/none.tgz", "is not a gzip-compressed tar archive");
    }

    @Test
    void g22ALinkOutOfTheFolderIsNotFollowed() throws IOException {
        Scene scene = Scene.ready(keptn, "linked", "dev");
        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'one'"));
        scene.awaitReady("dev", "carts");
        Files.createSymbolicLink(scene.git().directory().resolve("carts/manifests/two.yaml"), Path.of("/etc/passwd"));

        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'two'"));

        scene.awaitText("one", "two");
        scene.awaitInventory("carts", 1);
        assertThat(scene.git().files("dev")).contains("carts/manifests/two.yaml");
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] packed(String name, String template) {
        return new HelmChartArchive(HelmChartArchive.Limits.DEFAULT)
                .pack(
                        name,
                        Map.of(
                                "Chart.yaml", Content.ofText("apiVersion: v2\nname: " + name + "\nversion: 1.0.0\n"),
                                "templates/all.yaml", Content.ofText(template)))
                .bytes();
    }
}
