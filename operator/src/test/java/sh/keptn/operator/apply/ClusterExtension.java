package sh.keptn.operator.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.StageName;
import sh.keptn.crds.deployment.InventoryEntry;
import sh.keptn.operator.Installation;

/** A real cluster, and what applies to it, as the account and under the roles that are shipped. */
public final class ClusterExtension implements BeforeAllCallback, AfterAllCallback {
    public static final String REVISION = "dev@sha1:0123456789012345678901234567890123456789";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String home = "home-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<String> namespaces = new CopyOnWriteArrayList<>();
    private final List<Owner> woken = new CopyOnWriteArrayList<>();
    private @Nullable KubernetesClient admin;
    private @Nullable KubernetesClient operator;
    private @Nullable Access access;
    private @Nullable DeployedObjects deployed;
    private @Nullable Applier applier;

    @Override
    public void beforeAll(ExtensionContext context) {
        admin = new KubernetesClientBuilder().withConfig(Installation.admin()).build();
        makeNamespace(home);
        Installation installation = new Installation(admin, home);
        installation.installAccount();
        operator = new KubernetesClientBuilder()
                .withConfig(installation.operatorAccess())
                .build();
        access = new Access(operator);
        deployed = new DeployedObjects(operator);
        deployed.start(woken::add);
        Awaitility.await().atMost(PATIENCE).until(deployed::ready);
        applier = new Applier(access, deployed, new ApplySettings(home, Set.of("PriorityClass.scheduling.k8s.io")));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        deployed().close();
        Objects.requireNonNull(operator).close();
        new Installation(admin(), home).removeAccount();
        namespaces.forEach(name -> admin().namespaces().withName(name).delete());
        admin().close();
    }

    /** The administrator's own client: what a person would do with kubectl. */
    public KubernetesClient admin() {
        return Objects.requireNonNull(admin);
    }

    public Access access() {
        return Objects.requireNonNull(access);
    }

    public DeployedObjects deployed() {
        return Objects.requireNonNull(deployed);
    }

    public Applier applier() {
        return Objects.requireNonNull(applier);
    }

    /** A second applier, which knows nothing of what the first did. */
    Applier restarted() {
        return new Applier(access(), new DeployedObjects(access().own()), new ApplySettings(home, Set.of()));
    }

    String home() {
        return home;
    }

    List<Owner> woken() {
        return woken;
    }

    /** A target in a namespace that nobody else uses. */
    public Target target() {
        String project = "p" + UUID.randomUUID().toString().substring(0, 8);
        return target(project, project + "-dev", false);
    }

    Target target(String project, String namespace, boolean named) {
        namespaces.add(namespace);
        return new Target(
                new ProjectName(project),
                new StageName("dev"),
                new ServiceName("hello"),
                namespace,
                named,
                Optional.empty(),
                "uid-of-" + project);
    }

    static Target as(Target target, String account) {
        return new Target(
                target.project(),
                target.stage(),
                target.service(),
                target.namespace(),
                target.namespaceNamed(),
                Optional.of(account),
                target.projectUid());
    }

    void makeNamespace(String name) {
        namespaces.add(name);
        admin().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    /** Applies and expects that all was taken. */
    public ApplyResult.Applied apply(Target target, String... yaml) {
        ApplyResult result = applier().apply(target, REVISION, objects(yaml), Set.of());
        if (result instanceof ApplyResult.Applied applied) {
            return applied;
        }
        throw new AssertionError("not applied: " + result);
    }

    ApplyResult attempt(Target target, String... yaml) {
        return applier().apply(target, REVISION, objects(yaml), Set.of());
    }

    static List<GenericKubernetesResource> objects(String... yaml) {
        return Arrays.stream(yaml)
                // What begins with a brace would be taken for JSON.
                .map(text -> Serialization.unmarshal("---\n" + text, GenericKubernetesResource.class))
                .toList();
    }

    public static List<InventoryEntry> inventory(ApplyResult result) {
        return result.done().stream().map(Change::entry).toList();
    }

    static List<String> actions(ApplyResult result) {
        List<String> actions = new ArrayList<>();
        result.done()
                .forEach(change ->
                        actions.add(change.entry().kind() + " " + change.entry().name() + " " + change.action()));
        return actions;
    }

    /** As a person does it by kubectl create. */
    void create(String namespace, String yaml) {
        HasMetadata object = admin().resource(yaml).item();
        object.getMetadata().setNamespace(namespace);
        admin().resource(object).create();
    }

    static String configMap(String name, String value) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s}
                data: {key: "%s"}
                """.formatted(name, value);
    }

    public static String deployment(String name, String image, int replicas) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s}
                spec:
                  replicas: %3$d
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec:
                      containers:
                      - name: main
                        image: %2$s
                """.formatted(name, image, replicas);
    }

    public static String service(String name) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: %1$s}
                spec:
                  selector: {app: %1$s}
                  ports: [{name: b, port: 9090}, {name: a, port: 8080}]
                """.formatted(name);
    }
}
