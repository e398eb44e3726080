package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.crds.deployment.KeptnServiceDeploymentStatus;
import sh.keptn.operator.condition.Conditions;

/** A project of its own, its upstream in a clone, and what runs of it. */
final class Scene {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final PatchContext MERGE =
            new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();

    private final OperatorExtension keptn;
    private final String project;
    private final String namespace;
    private @Nullable Checkout git;

    private Scene(OperatorExtension keptn, String project) {
        this.keptn = keptn;
        this.project = project;
        this.namespace = project + "-dev";
    }

    static Scene named(OperatorExtension keptn, String name) {
        return new Scene(keptn, name + "-" + UUID.randomUUID().toString().substring(0, 6));
    }

    static Scene ready(OperatorExtension keptn, String name, String... stages) {
        Scene scene = named(keptn, name);
        scene.make(stages);
        return scene;
    }

    /** A ConfigMap with one text. */
    static String configMap(String name, String text) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: %s
                data:
                  text: %s
                """.formatted(name, text);
    }

    String project() {
        return project;
    }

    /** Where the stage dev is deployed. */
    String namespace() {
        return namespace;
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

    /** Commits files of a service's folder together. */
    void pushAll(String branch, String service, Map<String, byte[]> files) throws IOException {
        git().git("fetch", "-q", "--prune");
        git().git("checkout", "-q", "-B", branch, "origin/" + branch);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = git().directory().resolve(service).resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        git().git("add", "-A");
        git().git("commit", "-q", "-m", "pushed " + service);
        git().git("push", "-q", "origin", branch);
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

    /** What somebody makes by hand: in the namespace of dev, unless it is of the whole cluster. */
    HasMetadata create(String yaml) {
        HasMetadata object = keptn.client().resource(yaml).item();
        if (object instanceof Namespaced) {
            object.getMetadata().setNamespace(namespace);
        }
        return keptn.client().resource(object).create();
    }

    void awaitGone(String stage, String service) {
        await(() -> assertThat(keptn.client()
                        .resources(KeptnServiceDeployment.class)
                        .inNamespace(keptn.namespace())
                        .withName(name(stage, service))
                        .get())
                .isNull());
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
        return config(namespace, name);
    }

    Optional<ConfigMap> config(String where, String name) {
        return Optional.ofNullable(
                keptn.client().configMaps().inNamespace(where).withName(name).get());
    }

    /** What the KeptnService's STATUS says. */
    void awaitServiceStatus(String service, String... parts) {
        keptn.awaitService(
                project + "." + service,
                found -> assertThat(Optional.ofNullable(found.getStatus())
                                .flatMap(status -> Conditions.find(status.conditions(), "Ready"))
                                .map(Condition::getMessage)
                                .orElse(""))
                        .contains(parts));
    }

    void awaitReason(String stage, String service, String reason, String... parts) {
        await(() -> {
            assertThat(reason(stage, service)).as(message(stage, service)).isEqualTo(reason);
            assertThat(message(stage, service)).contains(parts);
        });
    }

    void await(ThrowingRunnable check) {
        org.awaitility.Awaitility.await(project)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(check);
    }

    /** Ready with what stands in Git by now. */
    void awaitReady(String stage, String service) {
        await(() -> {
            assertThat(Conditions.find(status(stage, service).conditions(), "Ready"))
                    .hasValueSatisfying(ready -> assertThat(ready.getStatus())
                            .as(ready.getReason() + ": " + ready.getMessage())
                            .isEqualTo("True"));
            String tree =
                    git().git("rev-parse", "origin/" + stage + ":" + service).strip();
            assertThat(status(stage, service).lastAppliedTree()).isEqualTo(tree);
        });
    }

    /** Ready, and what stands in Git is what runs. */
    void awaitRunning(String stage, String service) {
        awaitReady(stage, service);
        await(() -> assertThat(message(stage, service)).startsWith("running "));
    }

    void awaitInventory(String service, int size) {
        awaitInventory(service, size, "Succeeded");
    }

    void awaitInventory(String service, int size, String reason) {
        await(() -> {
            assertThat(reason("dev", service)).isEqualTo(reason);
            assertThat(status("dev", service).inventory()).hasSize(size);
        });
    }

    void awaitText(String config, String text) {
        await(() -> assertThat(config(config).map(ConfigMap::getData).orElse(Map.of()))
                .containsEntry("text", text));
    }
}
