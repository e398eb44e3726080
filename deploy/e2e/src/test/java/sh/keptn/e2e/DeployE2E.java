package sh.keptn.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sh.keptn.crds.ConditionType;
import sh.keptn.crds.Labels;
import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.crds.deployment.KeptnServiceDeploymentStatus;

/** What stands in the upstream runs in the cluster, whichever door it came through. */
@ExtendWith(RunningSystem.class)
class DeployE2E {
    private static final String PROJECT = "deploy";
    private static final String DEV = "deploy-dev";
    private static final int PUSHES = 50;

    private final LocalSystem system;

    @TempDir
    private Path folder;

    DeployE2E(LocalSystem system) {
        this.system = system;
    }

    @BeforeEach
    void aProjectAndAClone() {
        if (system.get("/controlPlane/v1/project/" + PROJECT).code() == 404) {
            String shipyard = """
                    apiVersion: spec.keptn.sh/0.2.3
                    kind: Shipyard
                    metadata:
                      name: deploy
                    spec:
                      stages:
                        - name: dev
                        - name: production
                    """;
            assertThat(system.post(
                                    "/controlPlane/v1/project",
                                    "{\"name\":\"" + PROJECT + "\",\"shipyard\":\"" + base64(shipyard) + "\"}")
                            .code())
                    .isEqualTo(201);
        }
        git("git clone -q -b dev " + system.upstream(PROJECT) + " clone");
    }

    @Test
    void aPushedImageRunsAndAnotherRollsItAndADeletedDeploymentComesBack() {
        push("carts/values.yaml", "image: registry.example/carts:1");
        awaitImage("carts", "registry.example/carts:1");
        await().atMost(30, SECONDS)
                .untilAsserted(
                        () -> assertThat(system.get("/controlPlane/v1/project/" + PROJECT + "/stage/dev/service/carts")
                                        .body())
                                .contains("registry.example/carts:1"));

        push("carts/values.yaml", "image: registry.example/carts:2");
        Deployment rolled = awaitImage("carts", "registry.example/carts:2");

        system.kubernetes().resource(rolled).delete();
        await().atMost(30, SECONDS)
                .until(() -> deployment("carts")
                        .filter(now -> !now.getMetadata()
                                .getUid()
                                .equals(rolled.getMetadata().getUid()))
                        .isPresent());
        awaitImage("carts", "registry.example/carts:2");
        assertThat(system.shell(
                                folder,
                                "kubectl --kubeconfig " + system.state().resolve("kubeconfig")
                                        + " -n keptn get ksd deploy.dev.carts")
                        .succeeded())
                .contains("READY", "True", "dev@sha1:");
    }

    @Test
    void aManifestThatIsRemovedIsPrunedAndSomebodyElsesObjectIsLeftAlone() {
        push("queue/manifests/one.yaml", configMap("queue-one"));
        push("queue/manifests/two.yaml", configMap("queue-two"));
        await().atMost(30, SECONDS).until(() -> there("queue-one") && there("queue-two"));

        git(
                "cd clone && git pull -q && git rm -q queue/manifests/two.yaml && git commit -qm 'Remove it' && git push -q");
        await().atMost(30, SECONDS).until(() -> !there("queue-two"));
        assertThat(there("queue-one")).isTrue();

        system.kubernetes()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("theirs")
                        .withNamespace(DEV)
                        .endMetadata()
                        .addToData("whose", "theirs")
                        .build())
                .create();
        push("queue/manifests/three.yaml", configMap("theirs"));

        awaitStatus(
                "queue",
                status -> assertThat(message(status, ConditionType.READY))
                        .contains("ConfigMap deploy-dev/theirs", "somebody else"));
        assertThat(condition(ksd("queue").getStatus(), ConditionType.STALLED)).isPresent();
        assertThat(system.kubernetes()
                        .configMaps()
                        .inNamespace(DEV)
                        .withName("theirs")
                        .get()
                        .getData())
                .isEqualTo(Map.of("whose", "theirs"));
    }

    /** The chart has the shape of {@code helm create}'s; its Deployment is named after the release. */
    @Test
    void aChartRunsFromItsFolderAndAsAnArchiveThroughRest() {
        Path chart = system.checkout().resolve("operator/src/test/resources/render/chart-created/in/helm/carts");
        git("cd clone && mkdir -p pushed/helm && cp -r " + chart + " pushed/helm/pushed"
                + " && sed -i 's/^name: .*/name: pushed/' pushed/helm/pushed/Chart.yaml"
                + " && git add . && git commit -qm 'Add a chart' && git push -q");
        await().atMost(60, SECONDS).until(() -> runs("pushed"));

        assertThat(system.post("/controlPlane/v1/project/" + PROJECT + "/service", "{\"serviceName\":\"posted\"}")
                        .code())
                .isEqualTo(200);
        git("cp -r " + chart + " posted && sed -i 's/^name: .*/name: posted/' posted/Chart.yaml"
                + " && tar -czf posted.tgz posted");
        String archive =
                system.shell(folder, "base64 -w0 posted.tgz").succeeded().strip();
        assertThat(system.post(
                                "/resource-service/v1/project/" + PROJECT + "/stage/dev/service/posted/resource",
                                "{\"resources\":[{\"resourceURI\":\"helm/posted.tgz\",\"resourceContent\":\"" + archive
                                        + "\"}]}")
                        .code())
                .isEqualTo(201);

        await().atMost(60, SECONDS).until(() -> runs("posted"));
    }

    @Test
    void fiftyPushesInARowEndWithTheLastAppliedAndReady() {
        git("cd clone && mkdir -p busy && for i in $(seq 1 " + PUSHES + "); do"
                + " echo \"image: registry.example/busy:$i\" >busy/values.yaml"
                + " && git add . && git commit -qm \"Push $i\" && git push -q; done");

        awaitImage("busy", "registry.example/busy:" + PUSHES);
        String head =
                system.shell(folder, "git -C clone rev-parse HEAD").succeeded().strip();
        awaitStatus("busy", status -> {
            assertThat(status.lastHealthyRevision()).isEqualTo("dev@sha1:" + head);
            assertThat(condition(status, ConditionType.READY)).contains("True");
        });
    }

    @Test
    void anOperatorKilledInTheMiddleOfAnApplyEndsRight() {
        StringBuilder line = new StringBuilder("cd clone && mkdir -p many/manifests");
        int objects = 60;
        line.append(" && for i in $(seq 1 ")
                .append(objects)
                .append(
                        "); do printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata:\\n  name: many-%s\\ndata: {a: b}\\n'")
                .append(" $i >many/manifests/$i.yaml; done")
                .append(" && git add . && git commit -qm 'Add many' && git push -q");
        git(line.toString());
        await().atMost(30, SECONDS).until(() -> there("many-1"));

        system.kill("operator");
        system.keptnLocal("up").succeeded();

        awaitStatus("many", status -> {
            assertThat(status.inventory()).hasSize(objects);
            assertThat(condition(status, ConditionType.READY)).contains("True");
        });
        git("cd clone && git rm -rq many && git commit -qm 'Remove many' && git push -q");
        await().atMost(60, SECONDS)
                .untilAsserted(() -> assertThat(system.kubernetes()
                                .configMaps()
                                .inNamespace(DEV)
                                .list()
                                .getItems())
                        .noneMatch(map -> map.getMetadata().getName().startsWith("many-")));
    }

    private void push(String path, String content) {
        git("cd clone && git pull -q && mkdir -p $(dirname " + path + ") && printf '%s\\n' '" + content + "' >" + path
                + " && git add . && git commit -qm 'Push " + path + "' && git push -q");
    }

    private void git(String line) {
        system.shell(folder, line).succeeded();
    }

    private static String configMap(String name) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name + "\ndata:\n  whose: ours";
    }

    private Optional<Deployment> deployment(String name) {
        return Optional.ofNullable(system.kubernetes()
                .apps()
                .deployments()
                .inNamespace(DEV)
                .withName(name)
                .get());
    }

    private boolean there(String configMap) {
        return system.kubernetes()
                        .configMaps()
                        .inNamespace(DEV)
                        .withName(configMap)
                        .get()
                != null;
    }

    /** Whether a Deployment of the service is available, whatever its chart called it. */
    private boolean runs(String service) {
        return system
                .kubernetes()
                .apps()
                .deployments()
                .inNamespace(DEV)
                .withLabel(Labels.SERVICE, service)
                .list()
                .getItems()
                .stream()
                .anyMatch(DeployE2E::available);
    }

    private Deployment awaitImage(String service, String image) {
        await().atMost(60, SECONDS)
                .untilAsserted(() -> assertThat(deployment(service)).hasValueSatisfying(made -> {
                    assertThat(made.getSpec()
                                    .getTemplate()
                                    .getSpec()
                                    .getContainers()
                                    .getFirst()
                                    .getImage())
                            .isEqualTo(image);
                    assertThat(available(made)).isTrue();
                }));
        return deployment(service).orElseThrow();
    }

    private static boolean available(Deployment made) {
        return made.getStatus() != null
                && Objects.equals(
                        made.getStatus().getObservedGeneration(),
                        made.getMetadata().getGeneration())
                && Objects.requireNonNullElse(made.getStatus().getAvailableReplicas(), 0) > 0
                && Objects.equals(
                        made.getStatus().getUpdatedReplicas(), made.getStatus().getReplicas());
    }

    private KeptnServiceDeployment ksd(String service) {
        return system.kubernetes()
                .resources(KeptnServiceDeployment.class)
                .inNamespace("keptn")
                .withName(PROJECT + ".dev." + service)
                .get();
    }

    private interface Check {
        void on(KeptnServiceDeploymentStatus status);
    }

    private void awaitStatus(String service, Check check) {
        await().atMost(60, SECONDS).untilAsserted(() -> {
            KeptnServiceDeployment deployment = ksd(service);
            assertThat(deployment).isNotNull();
            assertThat(deployment.getStatus()).isNotNull();
            check.on(deployment.getStatus());
        });
    }

    private static Optional<String> condition(KeptnServiceDeploymentStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .map(condition -> condition.getStatus())
                .findFirst();
    }

    private static String message(KeptnServiceDeploymentStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .map(condition -> condition.getMessage())
                .findFirst()
                .orElse("");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
