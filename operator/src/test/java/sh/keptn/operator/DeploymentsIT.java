package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static sh.keptn.operator.Scene.configMap;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.deployment.DeploymentResult;
import sh.keptn.crds.deployment.HistoryEntry;
import sh.keptn.crds.deployment.KeptnServiceDeploymentStatus;
import sh.keptn.crds.service.KeptnService;

/** What stands in Git runs in the cluster. */
class DeploymentsIT {
    @RegisterExtension
    static final OperatorExtension keptn = new OperatorExtension();

    @Test
    void aPushedImageRunsAndAnotherOneReplacesIt() {
        Scene scene = Scene.ready(keptn, "image", "dev");

        scene.push("dev", "carts/values.yaml", "image: carts:1.0\n");

        scene.awaitRunning("dev", "carts");
        assertThat(scene.image("carts")).isEqualTo("carts:1.0");
        KeptnServiceDeploymentStatus first = scene.status("dev", "carts");
        assertThat(first.lastHealthyRevision())
                .isEqualTo(first.lastAppliedRevision())
                .isEqualTo("dev@sha1:" + scene.git().head("dev"));
        assertThat(first.images()).containsExactly("carts:1.0");
        assertThat(first.inventory()).extracting(entry -> entry.kind()).contains("Deployment", "Service");

        scene.push("dev", "carts/values.yaml", "image: carts:2.0\n");

        await().atMost(Scene.PATIENCE).untilAsserted(() -> {
            assertThat(scene.image("carts")).isEqualTo("carts:2.0");
            KeptnServiceDeploymentStatus second = scene.status("dev", "carts");
            assertThat(second.lastHealthyRevision())
                    .isEqualTo("dev@sha1:" + scene.git().head("dev"));
            assertThat(second.history()).extracting(HistoryEntry::result).containsOnly(DeploymentResult.Healthy);
            assertThat(second.history()).hasSize(2);
        });
        keptn.awaitService(
                scene.project() + ".carts",
                service -> assertThat(Optional.ofNullable(service.getStatus())
                                .orElseThrow()
                                .stageSummary())
                        .isEqualTo("dev:2.0"));
        keptn.awaitServiceReady(scene.project() + ".carts");
    }

    @Test
    void aPushThatLeavesTheFolderAloneWritesNothing() {
        Scene scene = Scene.ready(keptn, "calm", "dev");
        scene.push("dev", "carts/values.yaml", "image: carts:1.0\n");
        scene.awaitRunning("dev", "carts");
        String version = scene.deployment("dev", "carts").getMetadata().getResourceVersion();
        String deployed = scene.live("carts").getMetadata().getResourceVersion();

        scene.push("dev", "other/readme.md", "nothing of carts");
        scene.push("dev", "orders/k8s/config.yaml", configMap("orders", "one"));
        scene.awaitReady("dev", "orders");

        assertThat(scene.deployment("dev", "carts").getMetadata().getResourceVersion())
                .isEqualTo(version);
        assertThat(scene.live("carts").getMetadata().getResourceVersion()).isEqualTo(deployed);
    }

    @Test
    void aManifestThatVanishesIsPrunedAndAFolderThatVanishesTakesAllAlong() {
        Scene scene = Scene.ready(keptn, "pruned", "dev");
        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'one'"));
        scene.push("dev", "carts/manifests/two.yaml", configMap("two", "'two'"));
        scene.awaitInventory("carts", 2);

        scene.remove("dev", "carts/manifests/two.yaml");

        scene.awaitInventory("carts", 1);
        assertThat(scene.config("two")).isEmpty();
        assertThat(scene.config("one")).isPresent();

        scene.remove("dev", "carts");

        scene.await(() -> {
            assertThat(scene.reason("dev", "carts")).isEqualTo("NothingToDeploy");
            assertThat(scene.config("one")).isEmpty();
            assertThat(scene.status("dev", "carts").inventory()).isEmpty();
        });
    }

    @Test
    void aRequestIsAnswered() {
        Scene scene = Scene.ready(keptn, "asked", "dev");
        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'one'"));
        scene.awaitReady("dev", "carts");

        scene.patch(
                "dev",
                "carts",
                "{\"metadata\":{\"annotations\":{\"" + Annotations.REQUESTED_AT + "\":\"2026-01-01T00:00:00Z\"}}}");

        scene.await(() -> assertThat(scene.status("dev", "carts").lastHandledRequestedAt())
                .isEqualTo("2026-01-01T00:00:00Z"));
    }

    @Test
    void fiftyPushesInARowEndWithTheLast() {
        Scene scene = Scene.ready(keptn, "fifty", "dev");
        for (int count = 1; count <= 50; count++) {
            scene.git().push("dev", "carts/manifests/one.yaml", configMap("one", "'" + count + "'"));
            keptn.annotateProject(scene.project(), Annotations.REQUESTED_AT, "push-" + count);
        }

        scene.awaitText("one", "50");

        scene.await(() -> {
            assertThat(scene.reason("dev", "carts")).isEqualTo("Succeeded");
            assertThat(scene.status("dev", "carts").lastHealthyRevision())
                    .isEqualTo("dev@sha1:" + scene.git().head("dev"));
            assertThat(scene.status("dev", "carts").history()).hasSizeLessThanOrEqualTo(5);
        });
    }

    @Test
    void anotherNamespaceTakesTheObjectsOver() {
        Scene scene = Scene.ready(keptn, "moved", "dev");
        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'one'"));
        scene.awaitReady("dev", "carts");
        String elsewhere = scene.project() + "-elsewhere";

        keptn.patchProject(
                scene.project(), "{\"spec\":{\"stages\":[{\"name\":\"dev\",\"namespace\":\"" + elsewhere + "\"}]}}");

        scene.await(() -> {
            assertThat(scene.config(elsewhere, "one")).isPresent();
            assertThat(scene.config("one")).isEmpty();
            assertThat(scene.reason("dev", "carts")).isEqualTo("Succeeded");
            assertThat(scene.status("dev", "carts").inventory())
                    .extracting(entry -> entry.namespace())
                    .containsExactly(elsewhere);
        });
    }

    @Test
    void c19ASpecThatIsEditedAllTheTimeEndsAsItWasLeft() {
        Scene scene = Scene.ready(keptn, "edited", "dev");
        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'one'"));
        scene.awaitReady("dev", "carts");

        for (int edit = 1; edit <= 100; edit++) {
            keptn.client()
                    .resources(KeptnService.class)
                    .inNamespace(keptn.namespace())
                    .withName(scene.project() + ".carts")
                    .patch(Scene.MERGE, "{\"spec\":{\"timeout\":\"" + edit + "s\"}}");
        }

        scene.await(() -> {
            assertThat(scene.deployment("dev", "carts").getSpec().timeout()).isEqualTo("100s");
            assertThat(scene.status("dev", "carts").observedGeneration())
                    .isEqualTo(scene.deployment("dev", "carts").getMetadata().getGeneration());
            assertThat(scene.reason("dev", "carts")).isEqualTo("Succeeded");
        });
    }
}
