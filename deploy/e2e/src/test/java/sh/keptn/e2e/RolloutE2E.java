package sh.keptn.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sh.keptn.crds.ConditionType;
import sh.keptn.crds.Labels;
import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.crds.deployment.KeptnServiceDeploymentStatus;

/** The life of a web service in containers: pushed, promoted, broken and rolled back, deleted. */
@ExtendWith(RunningWorkloads.class)
class RolloutE2E {
    private static final int PATIENCE = 120;
    private static final String PROJECT = "rollout";
    private static final String PATH = "/controlPlane/v1/project/" + PROJECT;

    private final WorkloadSystem workloads;
    private final LocalSystem system;

    @TempDir
    private Path folder;

    RolloutE2E(WorkloadSystem workloads) {
        this.workloads = workloads;
        this.system = workloads.system();
    }

    @BeforeEach
    void aProjectAndAClone() {
        if (system.get(PATH).code() == 404) {
            String shipyard = """
                    apiVersion: spec.keptn.sh/0.2.3
                    kind: Shipyard
                    metadata:
                      name: rollout
                    spec:
                      stages:
                        - name: dev
                        - name: production
                    """;
            assertThat(system.post(
                                    "/controlPlane/v1/project",
                                    "{\"name\":\"" + PROJECT + "\",\"shipyard\":\""
                                            + Base64.getEncoder().encodeToString(shipyard.getBytes(UTF_8)) + "\"}")
                            .code())
                    .isEqualTo(201);
        }
        shell("git clone -q -b dev " + system.upstream(PROJECT) + " clone");
    }

    @Test
    void aPushedServiceAnswersAndIsPromotedByMergingItsFolderAndGoesWithoutATrace() {
        push("shop", values(workloads.webImage(folder, "v1")));
        awaitAnswer("dev", "shop", "hello v1");
        assertThat(ksd("production", "shop").map(found -> found.getStatus().inventory()))
                .hasValue(List.of());

        shell("cd clone && git checkout -q production && git checkout origin/dev -- shop"
                + " && git commit -qm 'Promote shop' && git push -q");

        awaitAnswer("production", "shop", "hello v1");
        assertThat(workloads.containers(namespace("production"), "shop")).isNotEmpty();
        assertThat(system.get(PATH + "/stage/production/service/shop").body()).contains("keptn.local/web:v1");

        assertThat(system.delete(PATH + "/service/shop").code()).isEqualTo(200);

        for (String stage : List.of("dev", "production")) {
            await().atMost(PATIENCE, SECONDS).untilAsserted(() -> {
                assertThat(ksd(stage, "shop")).isEmpty();
                assertThat(objects(stage, "shop")).isEmpty();
                assertThat(workloads.containers(namespace(stage), "shop")).isEmpty();
            });
            assertThat(shell("cd clone && git fetch -q && git ls-tree --name-only origin/" + stage))
                    .doesNotContain("shop");
        }
    }

    @Test
    void aRevisionThatCrashesSaysSoAndIsRolledBackWithoutACommit() {
        rollsBack("crashing", values(workloads.webImage(folder, "crash")), "CrashLoopBackOff", "exit code 1");
    }

    /** Without a probe Kubernetes takes it for available until it ends. */
    @Test
    void aRevisionThatCrashesSomeSecondsLaterIsRolledBackToo() {
        rollsBack("fainting", values(workloads.webImage(folder, "faint")), "CrashLoopBackOff", "exit code 1");
    }

    @Test
    void aRevisionWhoseImageIsNowhereSaysSoAndIsRolledBackWithoutACommit() {
        rollsBack(
                "missing", values("registry.example.com/none:v1"), "ImagePullBackOff", "registry.example.com/none:v1");
    }

    private void rollsBack(String service, String broken, String reason, String cause) {
        shell("""
                kubectl apply -f - <<YAML
                apiVersion: keptn.sh/v1alpha1
                kind: KeptnService
                metadata: {name: %1$s.%2$s, namespace: keptn}
                spec: {project: %1$s, service: %2$s, timeout: 20s, onFailure: Rollback}
                YAML
                """.formatted(PROJECT, service));
        push(service, values(workloads.webImage(folder, "v1")));
        awaitAnswer("dev", service, "hello v1");
        awaitStatus(service, status -> assertThat(status(status)).isEqualTo("True"));
        String good = head();
        try (WatchedCommand watched = WatchedCommand.start(
                folder,
                "kubectl",
                "--kubeconfig",
                system.setting("KUBECONFIG"),
                "-n",
                "keptn",
                "get",
                "ksd",
                PROJECT + ".dev." + service,
                "-w")) {
            push(service, workloads.containersRun() ? broken : broken + tooLarge());
            String bad = head();

            awaitStatus(service, status -> {
                assertThat(reason(status)).isEqualTo("RolledBack");
                assertThat(status.lastAttemptedRevision()).isEqualTo("dev@sha1:" + bad);
                assertThat(status.lastAppliedRevision()).isEqualTo("dev@sha1:" + good);
                assertThat(message(status)).contains("was rolled back to", shown(cause));
            });
            awaitAnswer("dev", service, "hello v1");
            assertThat(shell("cd clone && git fetch -q && git rev-parse origin/dev")
                            .strip())
                    .isEqualTo(bad);
            String asSeen = String.join("\n", watched.lines());
            System.out.println(asSeen);
            assertThat(asSeen)
                    .as("kubectl get ksd -w")
                    .containsPattern(inThisOrder(
                            "True +running dev@sha1:" + good.substring(0, 7),
                            "False +rolling out dev@sha1:" + bad.substring(0, 7),
                            shown(reason),
                            "False +dev@sha1:\\S+ was rolled back to dev@sha1:" + good.substring(0, 7)));
        }

        push(service, values(workloads.webImage(folder, "v2")));

        awaitAnswer("dev", service, "hello v2");
        awaitStatus(service, status -> assertThat(status(status)).isEqualTo("True"));
    }

    private static Pattern inThisOrder(String... parts) {
        return Pattern.compile(String.join(".*", parts), Pattern.DOTALL);
    }

    /** What a simulated node can refuse, as it starts any image: a pod that is too large for it. */
    private static String tooLarge() {
        return "\nresources: {requests: {cpu: \"100000\"}}";
    }

    private String shown(String reason) {
        return workloads.containersRun() ? reason : "Insufficient cpu";
    }

    private static String values(String image) {
        return "image: " + image;
    }

    private void push(String service, String values) {
        shell("cd clone && git checkout -q dev && git pull -q && mkdir -p " + service + " && echo '" + values + "' >"
                + service + "/values.yaml && git add . && git commit -qm 'Push " + service + "' && git push -q");
    }

    private String head() {
        return shell("git -C clone rev-parse HEAD").strip();
    }

    private String shell(String line) {
        return system.shell(folder, line).succeeded();
    }

    private void awaitAnswer(String stage, String service, String answer) {
        await().atMost(PATIENCE, SECONDS)
                .untilAsserted(() ->
                        assertThat(workloads.ask(namespace(stage), service)).hasValue(answer));
    }

    /** What of a service is in a stage's namespace, by its labels. */
    private String objects(String stage, String service) {
        return shell("kubectl -n " + namespace(stage) + " get all,endpointslices -o name -l " + Labels.SERVICE + "="
                        + service)
                .strip();
    }

    private static String namespace(String stage) {
        return PROJECT + "-" + stage;
    }

    private Optional<KeptnServiceDeployment> ksd(String stage, String service) {
        return Optional.ofNullable(system.kubernetes()
                .resources(KeptnServiceDeployment.class)
                .inNamespace("keptn")
                .withName(PROJECT + "." + stage + "." + service)
                .get());
    }

    private interface Check {
        void on(KeptnServiceDeploymentStatus status);
    }

    private void awaitStatus(String service, Check check) {
        await().atMost(PATIENCE, SECONDS)
                .untilAsserted(() -> assertThat(ksd("dev", service).map(KeptnServiceDeployment::getStatus))
                        .hasValueSatisfying(check::on));
    }

    private static String status(KeptnServiceDeploymentStatus status) {
        return ready(status).map(Condition::getStatus).orElse("");
    }

    private static String reason(KeptnServiceDeploymentStatus status) {
        return ready(status).map(Condition::getReason).orElse("");
    }

    private static String message(KeptnServiceDeploymentStatus status) {
        return ready(status).map(Condition::getMessage).orElse("");
    }

    private static Optional<Condition> ready(KeptnServiceDeploymentStatus status) {
        return status.conditions().stream()
                .filter(condition -> condition.getType().equals(ConditionType.READY))
                .findFirst();
    }
}
