package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.crds.Labels;
import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.crds.deployment.KeptnServiceDeploymentStatus;
import sh.keptn.operator.condition.Conditions;

/** The operator killed with -9 in the middle of an apply, and with its status lost. */
class KilledDeploymentIT {
    private static final int OBJECTS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @RegisterExtension
    static final OperatorExtension keptn = new OperatorExtension().withoutOperator();

    private final String project = "killed-" + UUID.randomUUID().toString().substring(0, 6);
    private @Nullable Process process;

    @AfterEach
    void end() throws InterruptedException {
        kill();
    }

    @Test
    void killedInTheMiddleOfAnApplyItLeavesNothingBehindThatNobodyKnows() throws Exception {
        keptn.applyProject(project, keptn.upstream(project).gitRemoteUrl(), "dev");
        start();
        keptn.awaitReady(project);
        Checkout clone = keptn.clone(project);
        clone.push("dev", "carts/manifests/all.yaml", configs("first", OBJECTS));

        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> live().size() > 2);
        kill();
        int half = live().size();
        clone.push("dev", "carts/manifests/all.yaml", configs("second", 3));
        start();

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(live())
                    .extracting(config -> config.getMetadata().getName())
                    .hasSize(3)
                    .allMatch(name -> name.startsWith("second-"));
            KeptnServiceDeploymentStatus status = status();
            assertThat(Conditions.isTrue(status.conditions(), "Ready")).isTrue();
            assertThat(status.inventory()).hasSize(3);
        });
        assertThat(half).as("it was killed in the middle").isBetween(3, OBJECTS);
    }

    @Test
    void aLostStatusIsMadeAgainWithoutMakingAnythingElseAgain() throws Exception {
        keptn.applyProject(project, keptn.upstream(project).gitRemoteUrl(), "dev");
        start();
        keptn.awaitReady(project);
        Checkout clone = keptn.clone(project);
        clone.push("dev", "carts/manifests/all.yaml", configs("kept", 3));
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            assertThat(Conditions.isTrue(status().conditions(), "Ready")).isTrue();
            assertThat(live()).hasSize(3);
        });
        List<String> versions = versions();
        kill();
        keptn.client()
                .resources(KeptnServiceDeployment.class)
                .inNamespace(keptn.namespace())
                .withName(project + ".dev.carts")
                .subresource("status")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .build(),
                        "{\"status\":null}");

        start();

        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            assertThat(status().inventory()).hasSize(3);
            assertThat(Conditions.isTrue(status().conditions(), "Ready")).isTrue();
        });
        assertThat(versions()).isEqualTo(versions);
    }

    private void start() throws Exception {
        process = OperatorProcess.start(keptn, Map.of());
    }

    private void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
            process = null;
        }
    }

    private List<ConfigMap> live() {
        return keptn.client()
                .configMaps()
                .inNamespace(project + "-dev")
                .withLabel(Labels.SERVICE, "carts")
                .list()
                .getItems();
    }

    private List<String> versions() {
        return live().stream()
                .map(config -> config.getMetadata().getUid() + "/"
                        + config.getMetadata().getResourceVersion())
                .toList();
    }

    private KeptnServiceDeploymentStatus status() {
        KeptnServiceDeployment found = keptn.client()
                .resources(KeptnServiceDeployment.class)
                .inNamespace(keptn.namespace())
                .withName(project + ".dev.carts")
                .get();
        if (found == null || found.getStatus() == null) {
            throw new AssertionError("no status yet");
        }
        return found.getStatus();
    }

    private static String configs(String name, int count) {
        StringBuilder text = new StringBuilder();
        for (int number = 0; number < count; number++) {
            text.append("""
                    ---
                    apiVersion: v1
                    kind: ConfigMap
                    metadata:
                      name: %s-%d
                    data:
                      text: "%d"
                    """.formatted(name, number, number));
        }
        return text.toString();
    }
}
