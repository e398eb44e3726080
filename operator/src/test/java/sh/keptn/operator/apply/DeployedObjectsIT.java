package sh.keptn.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static sh.keptn.operator.apply.ClusterExtension.REVISION;
import static sh.keptn.operator.apply.ClusterExtension.actions;
import static sh.keptn.operator.apply.ClusterExtension.configMap;
import static sh.keptn.operator.apply.ClusterExtension.deployment;
import static sh.keptn.operator.apply.ClusterExtension.inventory;
import static sh.keptn.operator.apply.ClusterExtension.objects;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.crds.deployment.InventoryEntry;

/** What somebody else does to what was applied is seen. */
class DeployedObjectsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    static final ClusterExtension cluster = new ClusterExtension();

    @Test
    void c17SeesAManualEditAndRepairsIt() {
        Target target = cluster.target();
        List<InventoryEntry> inventory =
                inventory(cluster.apply(target, deployment("hello", "nginx:1", 1), configMap("settings", "1")));
        assertThat(cluster.deployed().drifted(inventory)).isEmpty();

        cluster.admin()
                .apps()
                .deployments()
                .inNamespace(target.namespace())
                .withName("hello")
                .scale(3);
        cluster.patchConfigMap(target, "settings", "{\"data\":{\"key\":\"by hand\"}}");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(cluster.deployed().drifted(inventory))
                        .containsExactlyInAnyOrderElementsOf(inventory));
        assertThat(cluster.woken()).contains(target.owner());
        ApplyResult repaired = cluster.attempt(target, deployment("hello", "nginx:1", 1), configMap("settings", "1"));
        assertThat(actions(repaired)).containsExactly("ConfigMap settings CONFIGURED", "Deployment hello CONFIGURED");
        assertThat(cluster.deployed().drifted(inventory)).isEmpty();
        assertThat(cluster.deploymentOf(target).getSpec().getReplicas()).isEqualTo(1);
        assertThat(cluster.configMapOf(target, "settings").getData()).isEqualTo(Map.of("key", "1"));
    }

    @Test
    void c17SeesAManualDeletionAndMakesTheObjectAgain() {
        Target target = cluster.target();
        List<InventoryEntry> inventory = inventory(cluster.apply(target, deployment("hello", "nginx:1", 1)));

        cluster.admin()
                .apps()
                .deployments()
                .inNamespace(target.namespace())
                .withName("hello")
                .delete();

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(cluster.deployed().drifted(inventory)).isEqualTo(inventory));
        assertThat(actions(cluster.attempt(target, deployment("hello", "nginx:1", 1))))
                .containsExactly("Deployment hello CREATED");
        assertThat(cluster.deployed().drifted(inventory)).isEmpty();
    }

    @Test
    void c17LeavesReplicasToAnAutoscaler() {
        Target target = cluster.target();
        String autoscaler = """
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: hello}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: hello}
                  minReplicas: 2
                  maxReplicas: 5
                """;
        cluster.apply(target, deployment("hello", "nginx:1", 2), autoscaler);
        ApplyResult untouched = cluster.attempt(target, deployment("hello", "nginx:1", 1), autoscaler);
        int before = cluster.deploymentOf(target).getSpec().getReplicas();
        cluster.admin()
                .apps()
                .deployments()
                .inNamespace(target.namespace())
                .withName("hello")
                .scale(4);

        ApplyResult result = cluster.restarted()
                .apply(target, REVISION, objects(deployment("hello", "nginx:2", 1), autoscaler), Set.of());
        ApplyResult again = cluster.restarted()
                .apply(target, REVISION, objects(deployment("hello", "nginx:2", 1), autoscaler), Set.of());

        assertThat(untouched).isInstanceOf(ApplyResult.Applied.class);
        assertThat(before).isEqualTo(2);
        assertThat(actions(result)).contains("Deployment hello CONFIGURED");
        assertThat(actions(again)).contains("Deployment hello UNCHANGED");
        assertThat(cluster.deploymentOf(target).getSpec().getReplicas()).isEqualTo(4);
    }
}
