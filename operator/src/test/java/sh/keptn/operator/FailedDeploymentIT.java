package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static sh.keptn.operator.Scene.configMap;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.crds.deployment.DeploymentResult;
import sh.keptn.crds.deployment.KeptnServiceDeploymentStatus;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.operator.condition.Conditions;

/** What does not come up, or may not be made, says why. */
class FailedDeploymentIT {
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

    private static final String LOAD_BALANCER = """
            apiVersion: v1
            kind: Service
            metadata: {name: two}
            spec: {type: LoadBalancer, ports: [{port: 80}]}
            """;

    @RegisterExtension
    static final OperatorExtension keptn = new OperatorExtension();

    @Test
    void aFailedRevisionIsRolledBackAndNotTriedAgainUntilSomethingChanges() {
        Scene scene = Scene.named(keptn, "rolled");
        scene.make("dev");
        rollsBack(scene, "5s");
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
                scene.project() + ".carts",
                service -> assertThat(ready(service)).contains("dev: ").contains("rolled back"));

        scene.push("dev", "carts/values.yaml", "image: carts:3.0\n");

        scene.awaitRunning("dev", "carts");
        assertThat(scene.image("carts")).isEqualTo("carts:3.0");
    }

    /** A load balancer is healthy while it has an address; nobody but the test gives one here. */
    @Test
    void aRevisionThatWasHealthyForAMomentOnlyIsRolledBackToo() {
        Scene scene = Scene.named(keptn, "moment");
        scene.make("dev");
        rollsBack(scene, "15s");
        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'one'"));
        scene.awaitRunning("dev", "carts");
        String good = scene.status("dev", "carts").lastHealthyRevision();
        scene.push("dev", "carts/manifests/two.yaml", LOAD_BALANCER);
        scene.await(() -> address(scene, "[{\"ip\":\"192.0.2.1\"}]"));
        scene.awaitRunning("dev", "carts");
        String bad = scene.status("dev", "carts").lastHealthyRevision();

        address(scene, "null");

        scene.awaitReason("dev", "carts", "RolledBack", "two");
        assertThat(scene.status("dev", "carts").lastAppliedRevision()).isEqualTo(good);
        assertThat(scene.status("dev", "carts").lastAttemptedRevision()).isEqualTo(bad);
        scene.awaitInventory("carts", 1, "RolledBack");
    }

    @Test
    void aRevisionThatWasHealthyForLongIsLeftToPeople() {
        Scene scene = Scene.named(keptn, "long");
        scene.make("dev");
        rollsBack(scene, "1s");
        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'one'"));
        scene.awaitRunning("dev", "carts");
        patchTimeout(scene, "30s");
        scene.push("dev", "carts/manifests/two.yaml", LOAD_BALANCER);
        scene.await(() -> address(scene, "[{\"ip\":\"192.0.2.1\"}]"));
        scene.awaitRunning("dev", "carts");
        patchTimeout(scene, "1s");
        scene.awaitRunning("dev", "carts");
        Instant since =
                Instant.parse(scene.status("dev", "carts").history().getFirst().time());
        scene.await(() -> assertThat(Instant.now()).isAfter(since.plusSeconds(3)));

        address(scene, "null");

        scene.awaitReason("dev", "carts", "HealthCheckTimeout", "two");
        assertThat(scene.config("one")).isPresent();
    }

    private static void rollsBack(Scene scene, String timeout) {
        keptn.apply("""
                apiVersion: keptn.sh/v1alpha1
                kind: KeptnService
                metadata:
                  name: %s.carts
                spec:
                  project: %s
                  service: carts
                  timeout: %s
                  onFailure: Rollback
                """.formatted(scene.project(), scene.project(), timeout));
        keptn.awaitServiceReady(scene.project() + ".carts");
    }

    private static void patchTimeout(Scene scene, String timeout) {
        keptn.client()
                .resources(KeptnService.class)
                .inNamespace(keptn.namespace())
                .withName(scene.project() + ".carts")
                .patch(Scene.MERGE, "{\"spec\":{\"timeout\":\"" + timeout + "\"}}");
        scene.await(() ->
                assertThat(scene.deployment("dev", "carts").getSpec().timeout()).isEqualTo(timeout));
        scene.await(() -> assertThat(scene.status("dev", "carts").observedGeneration())
                .isEqualTo(scene.deployment("dev", "carts").getMetadata().getGeneration()));
    }

    private static void address(Scene scene, String ingress) {
        var service = keptn.client().services().inNamespace(scene.namespace()).withName("two");
        assertThat(service.get()).isNotNull();
        service.subresource("status")
                .patch(Scene.MERGE, "{\"status\":{\"loadBalancer\":{\"ingress\":" + ingress + "}}}");
    }

    @Test
    void aRevisionThatDoesNotComeUpSaysWhy() {
        Scene scene = Scene.ready(keptn, "stuck", "dev");

        scene.push("dev", "carts/k8s/carts.yaml", STUCK.formatted(3));

        scene.await(() -> {
            assertThat(scene.reason("dev", "carts")).isEqualTo("HealthCheckFailed");
            assertThat(scene.message("dev", "carts")).contains("carts");
        });
        scene.push("dev", "carts/k8s/carts.yaml", STUCK.formatted(3).replace("nodeSelector: {nowhere: \"true\"}", ""));
        scene.awaitRunning("dev", "carts");
    }

    @Test
    void somebodyElsesObjectIsNamedAndLeftAlone() {
        Scene scene = Scene.ready(keptn, "foreign", "dev");
        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'one'"));
        scene.awaitReady("dev", "carts");
        keptn.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("mine")
                        .withNamespace(scene.namespace())
                        .endMetadata()
                        .addToData("text", "mine")
                        .build())
                .create();

        scene.push("dev", "carts/manifests/mine.yaml", configMap("mine", "theirs"));

        scene.await(() -> {
            assertThat(scene.reason("dev", "carts")).isEqualTo("NameConflict");
            assertThat(scene.message("dev", "carts")).contains("mine");
        });
        assertThat(scene.config("mine").orElseThrow().getData()).containsEntry("text", "mine");
        keptn.awaitService(
                scene.project() + ".carts",
                service -> assertThat(ready(service)).startsWith("dev: ").contains("mine"));
    }

    @Test
    void c10AnExceededQuotaIsNamedAndHealsByItself() {
        Scene scene = Scene.ready(keptn, "quota", "dev");
        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'one'"));
        scene.awaitReady("dev", "carts");
        HasMetadata quota = scene.create("""
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: few}
                spec: {hard: {services: "0"}}
                """);
        scene.await(() -> assertThat(keptn.client()
                        .resourceQuotas()
                        .inNamespace(scene.namespace())
                        .withName("few")
                        .get()
                        .getStatus()
                        .getHard())
                .containsKey("services"));
        scene.push("dev", "orders/values.yaml", "image: orders:1.0\n");
        scene.awaitReason("dev", "orders", "QuotaExceeded", "Service " + scene.namespace() + "/orders", "quota: few");
        scene.awaitServiceStatus("orders", "dev: ", "quota: few");
        // C22: however often it is tried again, it is told once.
        assertThat(keptn.eventReasons(scene.name("dev", "orders"))).containsOnlyOnce("QuotaExceeded");

        keptn.client().resource(quota).delete();

        scene.awaitRunning("dev", "orders");
    }

    @Test
    void c10WhatAnAdmissionPolicyDeniesIsNamedAndHealsByItself() {
        Scene scene = Scene.ready(keptn, "denied", "dev");
        String policy = scene.project() + "-no-latest";
        List<HasMetadata> made = List.of(
                scene.create("""
                        apiVersion: admissionregistration.k8s.io/v1
                        kind: ValidatingAdmissionPolicy
                        metadata: {name: %s}
                        spec:
                          matchConstraints:
                            resourceRules:
                            - apiGroups: [apps]
                              apiVersions: [v1]
                              operations: [CREATE, UPDATE]
                              resources: [deployments]
                          validations:
                          - expression: "object.spec.template.spec.containers.all(c, !c.image.endsWith(':latest'))"
                            message: name a version instead of latest
                        """.formatted(policy)), scene.create("""
                        apiVersion: admissionregistration.k8s.io/v1
                        kind: ValidatingAdmissionPolicyBinding
                        metadata: {name: %s}
                        spec:
                          policyName: %s
                          validationActions: [Deny]
                          matchResources:
                            namespaceSelector: {matchLabels: {keptn.sh/project: %s}}
                        """.formatted(policy, policy, scene.project())));
        try {
            scene.await(() -> {
                // Until the policy is in force; then it stays so.
                scene.push(
                        "dev",
                        "carts/values.yaml",
                        "image: carts:latest\nlabels: {again: '" + UUID.randomUUID() + "'}\n");
                assertThat(scene.reason("dev", "carts")).isEqualTo("AdmissionDenied");
            });
            assertThat(scene.message("dev", "carts"))
                    .contains("Deployment " + scene.namespace() + "/carts", "name a version instead of latest");
        } finally {
            made.forEach(each -> keptn.client().resource(each).delete());
        }

        scene.awaitRunning("dev", "carts");
    }

    @Test
    void c11ANamespaceThatEndsIsWaitedForAndMadeAgain() {
        Scene scene = Scene.ready(keptn, "ending", "dev");
        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'one'"));
        scene.awaitReady("dev", "carts");
        scene.create("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: held, finalizers: [example.com/held]}
                """);
        keptn.client().namespaces().withName(scene.namespace()).delete();

        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'two'"));

        scene.awaitReason("dev", "carts", "NamespaceTerminating", scene.namespace());
        keptn.client()
                .configMaps()
                .inNamespace(scene.namespace())
                .withName("held")
                .patch(Scene.MERGE, "{\"metadata\":{\"finalizers\":null}}");
        scene.awaitText("one", "two");
        scene.awaitReady("dev", "carts");
    }

    @Test
    void c11ANamespaceThatDoesNotEndHoldsNoDeletionUp() {
        Scene scene = Scene.ready(keptn, "stuck", "dev");
        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'one'"));
        scene.awaitReady("dev", "carts");
        HasMetadata held = scene.create("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: held, finalizers: [example.com/held]}
                """);
        keptn.client().namespaces().withName(scene.namespace()).delete();

        keptn.client().resource(keptn.project(scene.project())).delete();

        scene.awaitGone("dev", "carts");
        keptn.client().resource(held).patch(Scene.MERGE, "{\"metadata\":{\"finalizers\":null}}");
    }

    @Test
    void c8ATimeoutThatIsNoneAndASourceThatIsNoneAreRefusedByTheSchema() {
        Scene scene = Scene.ready(keptn, "odd", "dev");

        for (String spec : List.of("timeout: soon", "timeout: 99999999999999999999h", "source: Jsonnet")) {
            assertThatExceptionOfType(KubernetesClientException.class)
                    .isThrownBy(() -> keptn.apply("""
                            apiVersion: keptn.sh/v1alpha1
                            kind: KeptnService
                            metadata: {name: %1$s.odd}
                            spec: {project: %1$s, service: odd, %2$s}
                            """.formatted(scene.project(), spec)));
        }
    }

    @Test
    void c16AnotherServicesObjectIsNamedAndLeftAlone() {
        Scene scene = Scene.ready(keptn, "twice", "dev");
        scene.push("dev", "carts/manifests/one.yaml", configMap("shared", "'carts'"));
        scene.awaitReady("dev", "carts");

        scene.push("dev", "orders/manifests/one.yaml", configMap("shared", "'orders'"));

        scene.awaitReason("dev", "orders", "NameConflict", "shared", "belongs to " + scene.project() + "/dev/carts");
        assertThat(scene.config("shared").orElseThrow().getData()).containsEntry("text", "carts");
    }

    private static String ready(KeptnService service) {
        return Optional.ofNullable(service.getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), "Ready"))
                .map(condition -> condition.getMessage())
                .orElse("");
    }
}
