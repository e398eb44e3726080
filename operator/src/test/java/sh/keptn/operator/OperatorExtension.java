package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import sh.keptn.core.config.Env;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.project.GitStatus;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.KeptnProjectStatus;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.local.git.GitServer;
import sh.keptn.local.git.Provisioned;
import sh.keptn.operator.condition.Conditions;

/**
 * The operator before a real Kubernetes API and a real Git server over HTTP, in a namespace of its own, as the service
 * account and under the role that are shipped: a verb that is missing there fails the test.
 */
final class OperatorExtension implements BeforeAllCallback, AfterAllCallback {
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("kubectl")
            .withForce(true)
            .build();
    private static final PatchContext MERGE =
            new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String namespace = "operator-" + UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, String> settings = new LinkedHashMap<>();
    private @Nullable KubernetesClient client;
    private @Nullable GitServer git;
    private @Nullable OperatorMain operator;
    private @Nullable Path directory;
    private int gitPort;
    private boolean starts = true;

    OperatorExtension() {
        settings.put("KEPTN_NAMESPACE", namespace);
        settings.put("KEPTN_BIND_ADDRESS", "127.0.0.1");
        settings.put("KEPTN_MANAGEMENT_PORT", "0");
        settings.put("KEPTN_ALLOW_LOOPBACK_UPSTREAMS", "true");
        settings.put("KEPTN_LEADER_ELECTION", "false");
    }

    /** One environment variable more. */
    OperatorExtension with(String variable, String value) {
        settings.put(variable, value);
        return this;
    }

    /** Only the surroundings; the test starts the operator itself. */
    OperatorExtension withoutOperator() {
        starts = false;
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        directory = Files.createTempDirectory("keptn-operator");
        settings.put("KEPTN_DATA_DIR", directory.resolve("mirrors").toString());
        client = new KubernetesClientBuilder().withConfig(Installation.admin()).build();
        installation().installKinds();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        installation().installAccount();
        startGit();
        settings.put("KEPTN_GIT_PROVISIONING_URL", git().url().toString());
        if (starts) {
            startOperator();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (operator == null) {
            startOperator();
        }
        // Projects and services go while somebody takes their finalizers off.
        client().resources(KeptnService.class).inNamespace(namespace).delete();
        client().resources(KeptnProject.class).inNamespace(namespace).delete();
        await().atMost(PATIENCE)
                .until(() -> client().resources(KeptnProject.class)
                                .inNamespace(namespace)
                                .list()
                                .getItems()
                                .isEmpty()
                        && client().resources(KeptnService.class)
                                .inNamespace(namespace)
                                .list()
                                .getItems()
                                .isEmpty());
        client().namespaces().list().getItems().stream()
                .filter(found -> found.getMetadata().getAnnotations() != null
                        && namespace.equals(found.getMetadata().getAnnotations().get(Annotations.OWNER_NAMESPACE)))
                .forEach(found -> client().resource(found).delete());
        stopOperator();
        stopGit();
        installation().removeAccount();
        client().namespaces().withName(namespace).delete();
        client().close();
        try (var files = Files.walk(Objects.requireNonNull(directory))) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    KubernetesClient client() {
        return Objects.requireNonNull(client);
    }

    GitServer git() {
        return Objects.requireNonNull(git);
    }

    String namespace() {
        return namespace;
    }

    Path directory() {
        return Objects.requireNonNull(directory);
    }

    /** A kubeconfig of the shipped account, for a process of its own. */
    Path kubeconfig() {
        return installation().kubeconfig(directory());
    }

    private Installation installation() {
        return new Installation(client(), namespace);
    }

    int managementPort() {
        return Objects.requireNonNull(operator).managementPort();
    }

    Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    void startOperator() {
        operator = new OperatorMain(
                OperatorConfig.from(new Env(settings)),
                OperatorMain.client(installation().operatorAccess()));
        operator.start();
    }

    void stopOperator() {
        if (operator != null) {
            operator.close();
            operator = null;
        }
    }

    /** Starts the Git server where it was before. */
    void startGit() {
        git = GitServer.start(directory().resolve("upstreams"), gitPort);
        gitPort = git.port();
    }

    void stopGit() {
        if (git != null) {
            git.close();
            git = null;
        }
    }

    /** An empty upstream and the Secret that opens it. */
    Provisioned upstream(String project) {
        Provisioned upstream = git().provision(project, namespace);
        secret("git-credentials-" + project, upstream.gitUser(), upstream.gitToken());
        return upstream;
    }

    void secret(String name, String user, String token) {
        client().resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .addToStringData("username", user)
                        .addToStringData("password", token)
                        .build())
                .patch(APPLY);
    }

    /** A real clone of a project's upstream, made by the Git command. */
    Checkout clone(String project) {
        return Checkout.of(git().directoryOf(project, namespace), directory().resolve("clones"));
    }

    /** As {@code kubectl apply} does it. */
    void apply(String yaml) {
        HasMetadata resource = client().resource(yaml).item();
        resource.getMetadata().setNamespace(namespace);
        client().resource(resource).patch(APPLY);
    }

    /** A project with stages in their order. */
    void applyProject(String name, String url, String... stages) {
        apply(Samples.projectYaml(name, url, "", stages));
    }

    void applyService(String project, String service) {
        apply("""
                apiVersion: keptn.sh/v1alpha1
                kind: KeptnService
                metadata:
                  name: %s.%s
                spec:
                  project: %s
                  service: %s
                """.formatted(project, service, project, service));
    }

    KeptnProject project(String name) {
        return Objects.requireNonNull(client().resources(KeptnProject.class)
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    Optional<KeptnService> service(String name) {
        return Optional.ofNullable(client().resources(KeptnService.class)
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    void annotateProject(String name, String annotation, String value) {
        annotate(KeptnProject.class, name, annotation, value);
    }

    void annotateService(String name, String annotation, String value) {
        annotate(KeptnService.class, name, annotation, value);
    }

    void patchProject(String name, String json) {
        client().resources(KeptnProject.class)
                .inNamespace(namespace)
                .withName(name)
                .patch(MERGE, json);
    }

    private <T extends HasMetadata> void annotate(Class<T> kind, String name, String annotation, String value) {
        client().resources(kind)
                .inNamespace(namespace)
                .withName(name)
                .patch(MERGE, "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(annotation, value));
    }

    /** Asks for a pass, as the API server does after a write, and waits until it was made. */
    void reconcileNow(String project) {
        String stamp = Instant.now().toString();
        annotateProject(project, Annotations.REQUESTED_AT, stamp);
        awaitProject(
                project,
                found -> assertThat(status(found).lastHandledRequestedAt()).isEqualTo(stamp));
    }

    void awaitProject(String name, Check<KeptnProject> check) {
        await("project " + name)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> check.on(project(name)));
    }

    void awaitService(String name, Check<KeptnService> check) {
        await("service " + name)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(
                        () -> check.on(service(name).orElseThrow(() -> new AssertionError(name + " is not there"))));
    }

    void awaitReady(String project) {
        awaitProject(project, found -> {
            assertThat(condition(found, "Ready"))
                    .hasValueSatisfying(ready -> assertThat(ready.getStatus())
                            .as(ready.getReason() + ": " + ready.getMessage())
                            .isEqualTo("True"));
            assertThat(status(found).observedGeneration())
                    .isEqualTo(found.getMetadata().getGeneration());
        });
    }

    void awaitServiceReady(String service) {
        awaitService(
                service,
                found -> assertThat(Optional.ofNullable(found.getStatus())
                                .flatMap(status -> Conditions.find(status.conditions(), "Ready")))
                        .hasValueSatisfying(ready -> assertThat(ready.getStatus())
                                .as(ready.getReason() + ": " + ready.getMessage())
                                .isEqualTo("True")));
    }

    /** Waits for Ready=False with that reason, and answers the message that kubectl get shows. */
    String awaitNotReady(String project, String reason) {
        awaitProject(
                project,
                found -> assertThat(condition(found, "Ready")).hasValueSatisfying(ready -> {
                    assertThat(ready.getStatus()).isEqualTo("False");
                    assertThat(ready.getReason()).as(ready.getMessage()).isEqualTo(reason);
                }));
        return condition(project(project), "Ready").orElseThrow().getMessage();
    }

    /** Changes a Secret in a way that does not matter, which brings a pass. */
    void touchSecret(String name) {
        client().secrets()
                .inNamespace(namespace)
                .withName(name)
                .patch(MERGE, "{\"metadata\":{\"annotations\":{\"touched\":\"" + UUID.randomUUID() + "\"}}}");
    }

    /** How often the upstreams' heads were asked for. */
    double gitOperations(String operation) {
        return metric("keptn_git_operation_seconds_count", "operation=\"" + operation + "\"");
    }

    double refusedLogins() {
        return metric("keptn_git_operation_seconds_count", "outcome=\"auth\"");
    }

    /** Every line of a metric whose labels hold the text, added up. */
    private double metric(String name, String label) {
        try {
            return get("/metrics")
                    .lines()
                    .filter(line -> line.startsWith(name) && line.contains(label))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body of an answer of the management server. */
    String get(String path) throws IOException {
        try (var stream = URI.create("http://127.0.0.1:" + managementPort() + path)
                .toURL()
                .openStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    List<String> eventReasons(String about) {
        return client().events().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> about.equals(event.getRegarding().getName()))
                .map(event -> event.getReason())
                .toList();
    }

    static KeptnProjectStatus status(KeptnProject project) {
        KeptnProjectStatus status = project.getStatus();
        if (status == null) {
            throw new AssertionError("no status yet");
        }
        return status;
    }

    static GitStatus gitOf(KeptnProject project) {
        return Objects.requireNonNull(status(project).git());
    }

    static Optional<Condition> condition(KeptnProject project, String type) {
        return Conditions.find(status(project).conditions(), type);
    }

    /** Something to assert of a resource. */
    interface Check<T> {
        void on(T resource);
    }
}
