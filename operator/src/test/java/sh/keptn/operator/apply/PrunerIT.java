package sh.keptn.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static sh.keptn.operator.apply.ClusterExtension.configMap;
import static sh.keptn.operator.apply.ClusterExtension.deployment;
import static sh.keptn.operator.apply.ClusterExtension.inventory;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.crds.deployment.InventoryEntry;

/** What is asked for no more goes, and nothing besides. */
class PrunerIT {
    @RegisterExtension
    static final ClusterExtension cluster = new ClusterExtension();

    @Test
    void prunesWhatIsStillOursAndLeavesTheRest() {
        Target target = cluster.target();
        List<InventoryEntry> inventory = inventory(cluster.apply(
                target,
                configMap("gone", "1"),
                configMap("taken", "1"),
                configMap("kept", "1"),
                configMap("vanished", "1"),
                deployment("hello", "nginx:1", 1)));
        cluster.patchConfigMap(target, "taken", "{\"metadata\":{\"labels\":{\"keptn.sh/service\":\"other\"}}}");
        cluster.patchConfigMap(
                target, "kept", "{\"metadata\":{\"annotations\":{\"keptn.sh/reconcile\":\"disabled\"}}}");
        cluster.admin()
                .configMaps()
                .inNamespace(target.namespace())
                .withName("vanished")
                .delete();

        PruneResult result = cluster.applier().prune(target, inventory);

        assertThat(result)
                .isInstanceOfSatisfying(
                        PruneResult.Pruned.class,
                        pruned -> assertThat(pruned.deleted())
                                .extracting(InventoryEntry::name)
                                .containsExactly("hello", "gone"));
        assertThat(cluster.admin()
                        .configMaps()
                        .inNamespace(target.namespace())
                        .list()
                        .getItems())
                .extracting(found -> found.getMetadata().getName())
                .contains("taken", "kept")
                .doesNotContain("gone");
    }

    @Test
    void waitsForWhatAFinalizerHolds() {
        Target target = cluster.target();
        List<InventoryEntry> inventory = inventory(cluster.apply(target, """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: held, finalizers: [example.org/hold]}
                """));

        PruneResult first = cluster.applier().prune(target, inventory);
        cluster.patchConfigMap(target, "held", "{\"metadata\":{\"finalizers\":null}}");
        PruneResult second = cluster.applier().prune(target, first.remaining());

        assertThat(first).isInstanceOfSatisfying(PruneResult.Waiting.class, waiting -> {
            assertThat(waiting.message()).contains("ConfigMap " + target.namespace() + "/held");
            assertThat(waiting.remaining()).isEqualTo(inventory);
        });
        assertThat(second).isInstanceOf(PruneResult.Pruned.class);
    }
}
