package sh.keptn.operator.deployment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import sh.keptn.crds.deployment.InventoryEntry;
import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.operator.apply.DeployedObjects;

/**
 * Tells whether deployed objects are as they were applied. The usual kinds are watched; where an inventory holds others,
 * everything is applied again each interval, which repairs what nobody saw.
 */
final class DriftWatch {
    /** A little less than the calm interval, so that a pass which comes early by its jitter counts. */
    private static final Duration INTERVAL = Duration.ofMinutes(8);

    private final DeployedObjects objects;
    private final Clock clock;
    private final Map<String, Instant> lastApplied = new ConcurrentHashMap<>();

    DriftWatch(DeployedObjects objects, Clock clock) {
        this.objects = objects;
        this.clock = clock;
    }

    List<InventoryEntry> drifted(KeptnServiceDeployment resource, List<InventoryEntry> inventory) {
        return objects.drifted(inventory);
    }

    /** Whether objects that nobody watches should be applied once more by now. */
    boolean isDue(KeptnServiceDeployment resource, List<InventoryEntry> inventory) {
        boolean unwatched =
                inventory.stream().anyMatch(entry -> objects.live(entry).isEmpty());
        if (!unwatched) {
            return false;
        }
        return Optional.ofNullable(lastApplied.get(uid(resource)))
                .map(last -> last.plus(INTERVAL).isBefore(clock.instant()))
                .orElse(true);
    }

    /** All of it was applied just now. */
    void checked(KeptnServiceDeployment resource) {
        lastApplied.put(uid(resource), clock.instant());
    }

    void forget(String uid) {
        lastApplied.remove(uid);
    }

    private static String uid(KeptnServiceDeployment resource) {
        return resource.getMetadata().getUid();
    }
}
