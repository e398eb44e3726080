package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.deployment.DeploymentResult;
import sh.keptn.crds.deployment.HistoryEntry;
import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.crds.deployment.KeptnServiceDeploymentStatus;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.operator.condition.Conditions;

/** What stands in Git runs in the cluster, whatever happens to either. */
class DeploymentsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final PatchContext MERGE =
            new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();

    /** A pod of this label is given to no node, so that its rollout never ends. */
    private static final String STUCK = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: carts
            spec:
              progressDeadlineSeconds: %d
              selector:
                matchLabels: {app: carts}
              template:
                metadata:
                  labels: {app: carts}
                spec:
                  nodeSelector: {nowhere: "true"}
                  containers:
                  - name: carts
                    image: carts:broken
            """;

    private static final String CONFIG = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: %s
            data:
              text: %s
            """;

    @RegisterExtension
    static final OperatorExtension keptn = new OperatorExtension();

    @Test
    void aPushedImageRunsAndAnotherOneReplacesIt() {
        Scene scene = Scene.ready("image", "dev");

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

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(scene.image("carts")).isEqualTo("carts:2.0");
            KeptnServiceDeploymentStatus second = scene.status("dev", "carts");
            assertThat(second.lastHealthyRevision())
                    .isEqualTo("dev@sha1:" + scene.git().head("dev"));
            assertThat(second.history()).extracting(HistoryEntry::result).containsOnly(DeploymentResult.Healthy);
            assertThat(second.history()).hasSize(2);
        });
        keptn.awaitService(
                scene.project + ".carts",
                service -> assertThat(Optional.ofNullable(service.getStatus())
                                .orElseThrow()
                                .stageSummary())
                        .isEqualTo("dev:2.0"));
        keptn.awaitServiceReady(scene.project + ".carts");
    }

    @Test
    void aPushThatLeavesTheFolderAloneWritesNothing() {
        Scene scene = Scene.ready("calm", "dev");
        scene.push("dev", "carts/values.yaml", "image: carts:1.0\n");
        scene.awaitRunning("dev", "carts");
        String version = scene.deployment("dev", "carts").getMetadata().getResourceVersion();
        String deployed = scene.live("carts").getMetadata().getResourceVersion();

        scene.push("dev", "other/readme.md", "nothing of carts");
        scene.push("dev", "orders/k8s/config.yaml", CONFIG.formatted("orders", "one"));
        scene.awaitReady("dev", "orders");

        assertThat(scene.deployment("dev", "carts").getMetadata().getResourceVersion())
                .isEqualTo(version);
        assertThat(scene.live("carts").getMetadata().getResourceVersion()).isEqualTo(deployed);
    }

    @Test
    void whatSomebodyDeletesOrChangesComesBack() {
        Scene scene = Scene.ready("drift", "dev");
        scene.push("dev", "carts/values.yaml", "image: carts:1.0\n");
        scene.awaitRunning("dev", "carts");

        scene.deleteLive("carts");

        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> scene.image("carts").equals("carts:1.0"));
        keptn.client()
                .apps()
                .deployments()
                .inNamespace(scene.namespace)
                .withName("carts")
                .patch(
                        MERGE,
                        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"carts\",\"image\":\"evil:1\"}]}}}}");
        await().atMost(PATIENCE).until(() -> scene.image("carts").equals("carts:1.0"));
        scene.awaitRunning("dev", "carts");
        await().untilAsserted(() ->
                assertThat(keptn.eventReasons(scene.name("dev", "carts"))).contains("DriftRepaired"));
    }

    @Test
    void aManifestThatVanishesIsPrunedAndAFolderThatVanishesTakesAllAlong() {
        Scene scene = Scene.ready("pruned", "dev");
        scene.push("dev", "carts/manifests/one.yaml", CONFIG.formatted("one", "'one'"));
        scene.push("dev", "carts/manifests/two.yaml", CONFIG.formatted("two", "'two'"));
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
    void somebodyElsesObjectIsNamedAndLeftAlone() {
        Scene scene = Scene.ready("foreign", "dev");
        scene.push("dev", "carts/manifests/one.yaml", CONFIG.formatted("one", "'one'"));
        scene.awaitReady("dev", "carts");
        keptn.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("mine")
                        .withNamespace(scene.namespace)
                        .endMetadata()
                        .addToData("text", "mine")
                        .build())
                .create();

        scene.push("dev", "carts/manifests/mine.yaml", CONFIG.formatted("mine", "theirs"));

        scene.await(() -> {
            assertThat(scene.reason("dev", "carts")).isEqualTo("NameConflict");
            assertThat(scene.message("dev", "carts")).contains("mine");
        });
        assertThat(scene.config("mine").orElseThrow().getData()).containsEntry("text", "mine");
        keptn.awaitService(
                scene.project + ".carts",
                service -> assertThat(ready(service)).startsWith("dev: ").contains("mine"));
    }

    @Test
    void onSequenceWhatIsAvailableWaitsUntilItIsChosen() {
        Scene scene = Scene.named("sequence");
        keptn.apply(Samples.projectYaml(
                        scene.project, keptn.upstream(scene.project).gitRemoteUrl(), "branch: main", "dev")
                .replace("  initialShipyard:", "  stages:\n  - name: dev\n    deploy: OnSequence\n  initialShipyard:"));
        keptn.awaitReady(scene.project);
        scene.open();
        scene.push("dev", "carts/manifests/one.yaml", CONFIG.formatted("one", "'one'"));
        scene.await(() -> {
            assertThat(scene.reason("dev", "carts")).isEqualTo("WaitingForSequence");
            assertThat(scene.status("dev", "carts").availableRevision())
                    .isEqualTo("dev@sha1:" + scene.git().head("dev"));
        });
        assertThat(scene.config("one")).isEmpty();
        String chosen = scene.git().head("dev");

        scene.patch("dev", "carts", "{\"spec\":{\"revision\":\"" + chosen.substring(0, 10) + "\"}}");

        scene.await(() -> assertThat(scene.config("one")).isPresent());
        scene.push("dev", "carts/manifests/one.yaml", CONFIG.formatted("one", "'two'"));
        scene.await(() -> assertThat(scene.status("dev", "carts").availableRevision())
                .isEqualTo("dev@sha1:" + scene.git().head("dev")));
        assertThat(scene.config("one").orElseThrow().getData()).containsEntry("text", "one");
    }

    @Test
    void aPinHoldsACommitAndAnUnknownOneIsToldOff() {
        Scene scene = Scene.ready("pinned", "dev");
        scene.push("dev", "carts/manifests/one.yaml", CONFIG.formatted("one", "'one'"));
        scene.awaitReady("dev", "carts");
        String old = scene.git().head("dev");
        scene.push("dev", "carts/manifests/one.yaml", CONFIG.formatted("one", "'two'"));
        scene.awaitText("one", "two");

        scene.patch("dev", "carts", "{\"spec\":{\"revision\":\"" + old + "\"}}");
        scene.awaitText("one", "one");
        scene.patch("dev", "carts", "{\"spec\":{\"revision\":\"0123456789\"}}");
        scene.await(() -> assertThat(scene.reason("dev", "carts")).isEqualTo("RevisionNotFound"));
        scene.patch("dev", "carts", "{\"spec\":{\"revision\":null}}");

        scene.awaitText("one", "two");
        scene.awaitReady("dev", "carts");
    }

    @Test
    void aSuspendedDeploymentWaits() {
        Scene scene = Scene.ready("suspended", "dev");
        scene.push("dev", "carts/manifests/one.yaml", CONFIG.formatted("one", "'one'"));
        scene.awaitReady("dev", "carts");
        scene.patch("dev", "carts", "{\"spec\":{\"suspend\":true}}");
        scene.await(() -> assertThat(scene.reason("dev", "carts")).isEqualTo("Suspended"));

        scene.push("dev", "carts/manifests/one.yaml", CONFIG.formatted("one", "'two'"));
        assertThat(scene.config("one").orElseThrow().getData()).containsEntry("text", "one");
        scene.patch("dev", "carts", "{\"spec\":{\"suspend\":null}}");

        scene.awaitText("one", "two");
    }

    @Test
    void aFailedRevisionIsRolledBackAndNotTriedAgainUntilSomethingChanges() {
        Scene scene = Scene.named("rolled");
        scene.make("dev");
        keptn.apply("""
                apiVersion: keptn.sh/v1alpha1
                kind: KeptnService
                metadata:
                  name: %s.carts
                spec:
                  project: %s
                  service: carts
                  timeout: 5s
                  onFailure: Rollback
                """.formatted(scene.project, scene.project));
        keptn.awaitServiceReady(scene.project + ".carts");
        scene.push("dev", "carts/values.yaml", "image: carts:1.0\n");
        scene.awaitRunning("dev", "carts");
        String good = scene.status("dev", "carts").lastHealthyRevision();

        scene.push("dev", "carts/values.yaml", "image: carts:2.0\nresources:\n  requests:\n    cpu: \"100000\"\n");
        String bad = "dev@sha1:" + scene.git().head("dev");

        scene.await(() -> assertThat(scene.reason("dev", "carts")).isEqualTo("RolledBack"));
        KeptnServiceDeploymentStatus status = scene.status("dev", "carts");
        assertThat(status.lastAttemptedRevision()).isEqualTo(bad);
        assertThat(status.lastAppliedRevision()).isEqualTo(good);
        assertThat(status.history().getFirst().result()).isEqualTo(DeploymentResult.RolledBack);
        scene.await(() -> assertThat(scene.image("carts")).isEqualTo("carts:1.0"));
        scene.push("dev", "docs/readme.md", "a neighbour");
        assertThat(scene.reason("dev", "carts"))
                .as(scene.deployment("dev", "carts").toString())
                .isEqualTo("RolledBack");
        keptn.awaitService(
                scene.project + ".carts",
                service -> assertThat(ready(service)).contains("dev: ").contains("rolled back"));

        scene.push("dev", "carts/values.yaml", "image: carts:3.0\n");

        scene.awaitRunning("dev", "carts");
        assertThat(scene.image("carts")).isEqualTo("carts:3.0");
    }

    @Test
    void aRevisionThatDoesNotComeUpSaysWhy() {
        Scene scene = Scene.ready("stuck", "dev");

        scene.push("dev", "carts/k8s/carts.yaml", STUCK.formatted(3));

        scene.await(() -> {
            assertThat(scene.reason("dev", "carts")).isEqualTo("HealthCheckFailed");
            assertThat(scene.message("dev", "carts")).contains("carts");
        });
        scene.push("dev", "carts/k8s/carts.yaml", STUCK.formatted(3).replace("nodeSelector: {nowhere: \"true\"}", ""));
        scene.awaitRunning("dev", "carts");
    }

    @Test
    void aBadChartHindersItselfAlone() {
        Scene scene = Scene.ready("chart", "dev");
        scene.push("dev", "bad/helm/bad/Chart.yaml", "apiVersion: v2\nname: bad\nversion: {{ broken\n");
        scene.push("dev", "good/manifests/one.yaml", CONFIG.formatted("one", "'one'"));

        scene.awaitReady("dev", "good");
        scene.await(() -> assertThat(scene.reason("dev", "bad")).isEqualTo("RenderFailed"));
    }

    @Test
    void deletionTakesTheObjectsAlongOrLeavesThemAndAsksNoUpstream() {
        Scene scene = Scene.ready("ended", "dev");
        scene.push("dev", "carts/manifests/one.yaml", CONFIG.formatted("one", "'one'"));
        scene.push("dev", "kept/manifests/two.yaml", CONFIG.formatted("two", "'two'"));
        scene.awaitReady("dev", "carts");
        scene.awaitReady("dev", "kept");
        keptn.client()
                .resources(KeptnService.class)
                .inNamespace(keptn.namespace())
                .withName(scene.project + ".kept")
                .patch(MERGE, "{\"spec\":{\"deletionPolicy\":\"Orphan\"}}");
        scene.await(() -> assertThat(scene.deployment("dev", "kept")
                        .getSpec()
                        .deletionPolicyOrDefault()
                        .name())
                .isEqualTo("Orphan"));
        keptn.patchProject(scene.project, "{\"spec\":{\"git\":{\"url\":\"http://127.0.0.1:1/gone.git\"}}}");

        keptn.client().resource(keptn.project(scene.project)).delete();

        scene.await(() -> assertThat(keptn.client()
                        .resources(KeptnServiceDeployment.class)
                        .inNamespace(keptn.namespace())
                        .list()
                        .getItems())
                .noneMatch(found -> found.getSpec().project().equals(scene.project)));
        assertThat(scene.config("one")).isEmpty();
        assertThat(scene.config("two")).isPresent();
    }

    @Test
    void aStageThatIsGivenUpIsPrunedOnceThatIsConfirmed() {
        Scene scene = Scene.ready("stages", "dev", "qa");
        scene.push("qa", "carts/manifests/one.yaml", CONFIG.formatted("one", "'one'"));
        String namespace = scene.project + "-qa";
        scene.await(() -> assertThat(config(namespace, "one")).isPresent());
        scene.git().push("main", "shipyard.yaml", Samples.shipyard("dev"));
        keptn.reconcileNow(scene.project);
        assertThat(config(namespace, "one")).isPresent();

        keptn.annotateProject(scene.project, Annotations.CONFIRM_STAGE_REMOVAL, "qa");

        scene.await(() -> {
            assertThat(config(namespace, "one")).isEmpty();
            assertThat(keptn.client()
                            .resources(KeptnServiceDeployment.class)
                            .inNamespace(keptn.namespace())
                            .withName(scene.name("qa", "carts"))
                            .get())
                    .isNull();
        });
    }

    @Test
    void anotherNamespaceTakesTheObjectsOver() {
        Scene scene = Scene.ready("moved", "dev");
        scene.push("dev", "carts/manifests/one.yaml", CONFIG.formatted("one", "'one'"));
        scene.awaitReady("dev", "carts");
        String elsewhere = scene.project + "-elsewhere";

        keptn.patchProject(
                scene.project, "{\"spec\":{\"stages\":[{\"name\":\"dev\",\"namespace\":\"" + elsewhere + "\"}]}}");

        scene.await(() -> {
            assertThat(config(elsewhere, "one")).isPresent();
            assertThat(scene.config("one")).isEmpty();
            assertThat(scene.reason("dev", "carts")).isEqualTo("Succeeded");
            assertThat(scene.status("dev", "carts").inventory())
                    .extracting(entry -> entry.namespace())
                    .containsExactly(elsewhere);
        });
    }

    @Test
    void aRequestIsAnswered() {
        Scene scene = Scene.ready("asked", "dev");
        scene.push("dev", "carts/manifests/one.yaml", CONFIG.formatted("one", "'one'"));
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
        Scene scene = Scene.ready("fifty", "dev");
        for (int count = 1; count <= 50; count++) {
            scene.git().push("dev", "carts/manifests/one.yaml", CONFIG.formatted("one", "'" + count + "'"));
            keptn.annotateProject(scene.project, Annotations.REQUESTED_AT, "push-" + count);
        }

        scene.awaitText("one", "50");

        scene.await(() -> {
            assertThat(scene.reason("dev", "carts")).isEqualTo("Succeeded");
            assertThat(scene.status("dev", "carts").lastHealthyRevision())
                    .isEqualTo("dev@sha1:" + scene.git().head("dev"));
            assertThat(scene.status("dev", "carts").history()).hasSizeLessThanOrEqualTo(5);
        });
    }

    private static String ready(KeptnService service) {
        return Optional.ofNullable(service.getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), "Ready"))
                .map(condition -> condition.getMessage())
                .orElse("");
    }

    private static Optional<ConfigMap> config(String namespace, String name) {
        return Optional.ofNullable(keptn.client()
                .configMaps()
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    /** A project of its own, its upstream in a clone, and what runs of it. */
    private static final class Scene {
        private final String project;
        private final String namespace;
        private @Nullable Checkout git;

        private Scene(String project) {
            this.project = project;
            this.namespace = project + "-dev";
        }

        static Scene named(String name) {
            return new Scene(name + "-" + UUID.randomUUID().toString().substring(0, 6));
        }

        static Scene ready(String name, String... stages) {
            Scene scene = named(name);
            scene.make(stages);
            return scene;
        }

        void make(String... stages) {
            keptn.applyProject(project, keptn.upstream(project).gitRemoteUrl(), stages);
            keptn.awaitReady(project);
            open();
        }

        void open() {
            git = keptn.clone(project);
        }

        Checkout git() {
            return Objects.requireNonNull(git);
        }

        void push(String branch, String path, String content) {
            git().push(branch, path, content);
            keptn.reconcileNow(project);
        }

        void remove(String branch, String path) {
            git().git("fetch", "-q");
            git().git("checkout", "-q", "-B", branch, "origin/" + branch);
            git().git("rm", "-q", "-r", path);
            git().git("commit", "-q", "-m", "away with " + path);
            git().git("push", "-q", "origin", branch);
            keptn.reconcileNow(project);
        }

        String name(String stage, String service) {
            return project + "." + stage + "." + service;
        }

        KeptnServiceDeployment deployment(String stage, String service) {
            return Optional.ofNullable(keptn.client()
                            .resources(KeptnServiceDeployment.class)
                            .inNamespace(keptn.namespace())
                            .withName(name(stage, service))
                            .get())
                    .orElseThrow(() -> new AssertionError(name(stage, service) + " is not there"));
        }

        KeptnServiceDeploymentStatus status(String stage, String service) {
            return Optional.ofNullable(deployment(stage, service).getStatus())
                    .orElseThrow(() -> new AssertionError("no status yet"));
        }

        String reason(String stage, String service) {
            return Conditions.find(status(stage, service).conditions(), "Ready")
                    .orElseThrow()
                    .getReason();
        }

        String message(String stage, String service) {
            return Conditions.find(status(stage, service).conditions(), "Ready")
                    .orElseThrow()
                    .getMessage();
        }

        void patch(String stage, String service, String json) {
            keptn.client().resource(deployment(stage, service)).patch(MERGE, json);
        }

        Deployment live(String name) {
            return Optional.ofNullable(keptn.client()
                            .apps()
                            .deployments()
                            .inNamespace(namespace)
                            .withName(name)
                            .get())
                    .orElseThrow(() -> new AssertionError("Deployment " + name + " is not there"));
        }

        void deleteLive(String name) {
            keptn.client()
                    .apps()
                    .deployments()
                    .inNamespace(namespace)
                    .withName(name)
                    .delete();
        }

        String image(String name) {
            return live(name)
                    .getSpec()
                    .getTemplate()
                    .getSpec()
                    .getContainers()
                    .getFirst()
                    .getImage();
        }

        Optional<ConfigMap> config(String name) {
            return DeploymentsIT.config(namespace, name);
        }

        void await(ThrowingRunnable check) {
            org.awaitility.Awaitility.await(project)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .untilAsserted(check);
        }

        void awaitReady(String stage, String service) {
            await(() -> assertThat(Conditions.find(status(stage, service).conditions(), "Ready"))
                    .hasValueSatisfying(ready -> assertThat(ready.getStatus())
                            .as(ready.getReason() + ": " + ready.getMessage())
                            .isEqualTo("True")));
        }

        /** Ready, and what stands in Git is what runs. */
        void awaitRunning(String stage, String service) {
            await(() -> {
                assertThat(message(stage, service)).startsWith("running ");
                String tree = git().git("rev-parse", "origin/" + stage + ":" + service)
                        .strip();
                assertThat(status(stage, service).lastAppliedTree()).isEqualTo(tree);
            });
        }

        void awaitInventory(String service, int size) {
            await(() -> {
                assertThat(reason("dev", service)).isEqualTo("Succeeded");
                assertThat(status("dev", service).inventory()).hasSize(size);
            });
        }

        void awaitText(String config, String text) {
            await(() -> assertThat(config(config).map(ConfigMap::getData).orElse(Map.of()))
                    .containsEntry("text", text));
        }
    }
}
