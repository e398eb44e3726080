package sh.keptn.operator.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sh.keptn.crds.deployment.InventoryEntry;

class InventoriesTest {
    private static final InventoryEntry OLD_VERSION = new InventoryEntry("autoscaling/v1", "HPA", "dev", "carts");
    private static final InventoryEntry NEW_VERSION = new InventoryEntry("autoscaling/v2", "HPA", "dev", "carts");
    private static final InventoryEntry OTHER = new InventoryEntry("v1", "Service", "dev", "carts");
    private static final InventoryEntry ELSEWHERE = new InventoryEntry("v1", "Service", "qa", "carts");

    @Test
    void anObjectInAnotherVersionOfItsApiHasNotVanished() {
        assertThat(Inventories.without(List.of(OLD_VERSION, OTHER), List.of(NEW_VERSION)))
                .containsExactly(OTHER);
    }

    @Test
    void anObjectInAnotherNamespaceIsAnotherOne() {
        assertThat(Inventories.without(List.of(OTHER), List.of(ELSEWHERE))).containsExactly(OTHER);
    }

    @Test
    void aUnionHoldsEachObjectOnce() {
        assertThat(Inventories.union(List.of(OLD_VERSION), List.of(NEW_VERSION, OTHER)))
                .containsExactly(OLD_VERSION, OTHER);
    }
}
