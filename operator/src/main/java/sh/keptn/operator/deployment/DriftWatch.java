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
 * everything is applied again each interval, which repairs what nobody saw. So is, once, what this process has only found
 * and never applied: what happened to it before, no watch has told.
 */
final class DriftWatch {
    /** A little less than the calm interval, so that a pass which comes early by its jitter counts. */
    private static final Duration INTERVAL = Duration.ofMinutes(8);

    /** A kind that cannot be watched holds nothing up for longer than this. */
    private static final Duration SYNC = Duration.ofSeconds(30);

    private final DeployedObjects objects;
    private final Clock clock;
    private final Instant start;
    private final Map<String, Instant> lastApplied = new ConcurrentHashMap<>();

    DriftWatch(DeployedObjects objects, Clock clock) {
        this.objects = objects;
        this.clock = clock;
        this.start = clock.instant();
    }

    /** Whether the watches have told what there is: before, everything would look as if it were gone. */
    boolean ready() {
        return objects.ready() || start.plus(SYNC).isBefore(clock.instant());
    }

    List<InventoryEntry> drifted(List<InventoryEntry> inventory) {
        return objects.drifted(inventory);
    }

    /** Whether everything should be applied once more by now, as nobody saw what happened to it. */
    boolean isDue(KeptnServiceDeployment resource, List<InventoryEntry> inventory) {
        Optional<Instant> last =
                Optional.ofNullable(lastApplied.get(resource.getMetadata().getUid()));
        boolean watched = last.isPresent() && inventory.stream().allMatch(objects::watches);
        return !watched && last.orElse(start).plus(INTERVAL).isBefore(clock.instant());
    }

    /** All of it was applied just now. */
    void checked(KeptnServiceDeployment resource) {
        lastApplied.put(resource.getMetadata().getUid(), clock.instant());
    }

    void forget(String uid) {
        lastApplied.remove(uid);
    }
}
