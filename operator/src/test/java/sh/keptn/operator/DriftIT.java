package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static sh.keptn.operator.Scene.configMap;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.crds.Annotations;
import sh.keptn.operator.condition.Conditions;

/** What somebody else does to deployed objects. */
class DriftIT {
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: carts}
            spec:
              replicas: 1
              selector: {matchLabels: {app: carts}}
              template:
                metadata: {labels: {app: carts}}
                spec:
                  containers:
                  - name: carts
                    image: %s
            """;

    @RegisterExtension
    static final OperatorExtension keptn = new OperatorExtension();

    @Test
    void c17WhatSomebodyDeletesOrChangesComesBack() {
        Scene scene = Scene.ready(keptn, "drift", "dev");
        scene.push("dev", "carts/values.yaml", "image: carts:1.0\n");
        scene.awaitRunning("dev", "carts");

        scene.deleteLive("carts");

        await().atMost(Scene.PATIENCE)
                .ignoreExceptions()
                .until(() -> scene.image("carts").equals("carts:1.0"));
        keptn.client()
                .apps()
                .deployments()
                .inNamespace(scene.namespace())
                .withName("carts")
                .patch(
                        Scene.MERGE,
                        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"carts\",\"image\":\"evil:1\"}]}}}}");
        await().atMost(Scene.PATIENCE).until(() -> scene.image("carts").equals("carts:1.0"));
        scene.awaitRunning("dev", "carts");
        await().untilAsserted(() ->
                assertThat(keptn.eventReasons(scene.name("dev", "carts"))).contains("DriftRepaired"));
    }

    /** The autoscaler is Kubernetes' own: it lifts the replicas to its minimum without any measurement. */
    @Test
    void c17TheReplicasOfAnAutoscalerAreLeftAlone() {
        Scene scene = Scene.ready(keptn, "scaled", "dev");
        scene.push("dev", "carts/k8s/hpa.yaml", """
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: carts}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: carts}
                  minReplicas: 3
                  maxReplicas: 5
                """);
        scene.push("dev", "carts/k8s/carts.yaml", DEPLOYMENT.formatted("carts:1.0"));
        scene.awaitRunning("dev", "carts");
        scene.await(
                () -> assertThat(scene.live("carts").getSpec().getReplicas()).isEqualTo(3));

        scene.push("dev", "carts/k8s/carts.yaml", DEPLOYMENT.formatted("carts:2.0"));

        scene.awaitRunning("dev", "carts");
        assertThat(scene.image("carts")).isEqualTo("carts:2.0");
        assertThat(scene.live("carts").getSpec().getReplicas()).isEqualTo(3);
        assertThat(keptn.eventReasons(scene.name("dev", "carts"))).doesNotContain("DriftRepaired");
    }

    @Test
    void c17AnObjectWhoseAnnotationAsksForItIsLeftAsItIs() {
        Scene scene = Scene.ready(keptn, "left", "dev");
        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'one'"));
        scene.push("dev", "carts/manifests/two.yaml", configMap("two", "'one'"));
        scene.awaitInventory("carts", 2);
        change(
                scene,
                "one",
                "{\"metadata\":{\"annotations\":{\"" + Annotations.RECONCILE + "\":\"disabled\"}},"
                        + "\"data\":{\"text\":\"by hand\"}}");

        scene.push("dev", "carts/manifests/two.yaml", configMap("two", "'two'"));

        scene.awaitText("two", "two");
        scene.awaitReady("dev", "carts");
        assertThat(scene.config("one").orElseThrow().getData()).containsEntry("text", "by hand");
    }

    @Test
    void c17AFightWithAnotherControllerIsGivenUpForAWhileAndNamesIt() {
        Scene scene = Scene.ready(keptn, "fought", "dev");
        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'ours'"));
        scene.push("dev", "calm/manifests/two.yaml", configMap("two", "'ours'"));
        scene.awaitReady("dev", "carts");
        scene.awaitReady("dev", "calm");
        try (Rival rival = Rival.over(keptn, scene, "one")) {
            scene.awaitReason("dev", "carts", "DriftContested", "ConfigMap one", "'rival'");

            assertThat(Conditions.isTrue(scene.status("dev", "carts").conditions(), "Stalled"))
                    .isTrue();
            scene.awaitText("one", "theirs");
            int writes = rival.writes();
            String version = scene.config("one").orElseThrow().getMetadata().getResourceVersion();
            scene.push("dev", "calm/manifests/two.yaml", configMap("two", "'still ours'"));
            scene.awaitText("two", "still ours");
            assertThat(rival.writes()).as("writes that nobody answered").isEqualTo(writes);
            assertThat(scene.config("one").orElseThrow().getMetadata().getResourceVersion())
                    .isEqualTo(version);
            assertThat(keptn.eventReasons(scene.name("dev", "carts"))).contains("DriftRepaired", "DriftContested");
        }

        scene.patch(
                "dev",
                "carts",
                "{\"metadata\":{\"annotations\":{\"" + Annotations.REQUESTED_AT + "\":\"2026-01-01T00:00:00Z\"}}}");

        scene.awaitText("one", "ours");
        scene.awaitReady("dev", "carts");
    }

    private static void change(Scene scene, String name, String json) {
        keptn.client()
                .configMaps()
                .inNamespace(scene.namespace())
                .withName(name)
                .patch(Scene.MERGE, json);
    }

    /** Another controller, which wants another text and writes it as soon as it sees any other. */
    private record Rival(SharedIndexInformer<ConfigMap> informer, AtomicInteger written) implements AutoCloseable {
        private static final PatchContext APPLY = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("rival")
                .withForce(true)
                .build();

        static Rival over(OperatorExtension keptn, Scene scene, String name) {
            AtomicInteger written = new AtomicInteger();
            var resource =
                    keptn.client().configMaps().inNamespace(scene.namespace()).withName(name);
            SharedIndexInformer<ConfigMap> informer = resource.inform(new ResourceEventHandler<>() {
                @Override
                public void onAdd(ConfigMap found) {
                    if (!"theirs".equals(found.getData().get("text"))) {
                        written.incrementAndGet();
                        resource.patch(APPLY, Scene.configMap(name, "theirs"));
                    }
                }

                @Override
                public void onUpdate(ConfigMap before, ConfigMap found) {
                    onAdd(found);
                }

                @Override
                public void onDelete(ConfigMap found, boolean unknown) {}
            });
            return new Rival(informer, written);
        }

        int writes() {
            return written.get();
        }

        @Override
        public void close() {
            informer.close();
        }
    }
}
