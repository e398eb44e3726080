package sh.keptn.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Workloads on the node of {@code up --node}, and on the simulated one where this machine cannot run it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeE2E {
    private static final int PATIENCE = 180;

    @TempDir
    private Path folder;

    private WorkloadSystem workloads;
    private Namespace namespace;

    @BeforeAll
    void start() throws IOException {
        workloads = WorkloadSystem.up(Files.createTempDirectory("keptn-e2e"));
    }

    @AfterAll
    void end() {
        workloads.close();
    }

    @BeforeEach
    void aNamespace() {
        namespace = workloads
                .system()
                .kubernetes()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("node-")
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterEach
    void noNamespace() {
        workloads.system().kubernetes().resource(namespace).delete();
    }

    @Test
    void aDeploymentRunsAndItsServiceAnswersAtItsClusterIpAndRollsToANewImage() {
        apply(workloads.webImage(folder, "v1"));
        await().atMost(PATIENCE, SECONDS)
                .untilAsserted(() -> assertThat(workloads.ask(name(), "web")).hasValue("hello v1"));
        assertThat(pods()).singleElement().satisfies(pod -> {
            assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
            assertThat(pod.getStatus().getPodIP()).isNotBlank();
        });

        apply(workloads.webImage(folder, "v2"));

        await().atMost(PATIENCE, SECONDS)
                .untilAsserted(() -> assertThat(workloads.ask(name(), "web")).hasValue("hello v2"));
    }

    @Test
    void anImageThatIsNowhereSaysSo() {
        apply("registry.example.com/none:v1");

        await().atMost(PATIENCE, SECONDS)
                .untilAsserted(() -> assertThat(states()).containsAnyOf(shown("ErrImagePull", "ImagePullBackOff")));
    }

    @Test
    void aContainerThatEndsAtOnceSaysSo() {
        apply(workloads.webImage(folder, "crash"));

        await().atMost(PATIENCE, SECONDS)
                .untilAsserted(() -> assertThat(states()).containsAnyOf(shown("CrashLoopBackOff")));
    }

    @Test
    void downLeavesNothingOfTheNodeAndUpBringsItsPodsBack() {
        apply(workloads.webImage(folder, "v1"));
        await().atMost(PATIENCE, SECONDS)
                .untilAsserted(() -> assertThat(workloads.ask(name(), "web")).hasValue("hello v1"));
        assertThat(workloads.left().isEmpty()).isEqualTo(!workloads.containersRun());

        workloads.system().keptnLocal("down").succeeded();

        assertThat(workloads.left()).isEmpty();
        workloads.system().keptnLocal("up").succeeded();
        assertThat(workloads.system().keptnLocal("status").succeeded())
                .contains(workloads.containersRun() ? "kubelet" : "kwok");
        await().atMost(PATIENCE, SECONDS)
                .untilAsserted(() -> assertThat(workloads.ask(name(), "web")).hasValue("hello v1"));
    }

    /** What the pods' states say: of containers, one of these; simulated ones are well whatever their image is. */
    private String[] shown(String... reasons) {
        return workloads.containersRun() ? reasons : new String[] {"running"};
    }

    private List<String> states() {
        return pods().stream()
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .flatMap(container -> container.getState().getWaiting() != null
                        ? Stream.of(container.getState().getWaiting().getReason())
                        : Stream.of(container.getState().getRunning() != null ? "running" : "ended"))
                .toList();
    }

    private List<Pod> pods() {
        return workloads.system().kubernetes().pods().inNamespace(name()).list().getItems();
    }

    private String name() {
        return namespace.getMetadata().getName();
    }

    private void apply(String image) {
        workloads
                .system()
                .kubernetes()
                .load(new ByteArrayInputStream("""
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: web}
                        spec:
                          selector: {matchLabels: {app: web}}
                          template:
                            metadata: {labels: {app: web}}
                            spec:
                              automountServiceAccountToken: false
                              containers:
                                - name: web
                                  image: %s
                                  ports: [{containerPort: 8080}]
                        ---
                        apiVersion: v1
                        kind: Service
                        metadata: {name: web}
                        spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
                        """.formatted(image).getBytes(StandardCharsets.UTF_8)))
                .inNamespace(name())
                .forceConflicts()
                .serverSideApply();
    }
}
