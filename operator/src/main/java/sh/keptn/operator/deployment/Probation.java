package sh.keptn.operator.deployment;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import sh.keptn.crds.deployment.DeploymentResult;
import sh.keptn.crds.deployment.HistoryEntry;

/**
 * A revision is on probation for as long as it might have taken to become healthy. One that falls ill in that time was
 * perhaps never well, as one whose containers end some seconds after each start: it counts as healthy again only once it
 * has stayed well for a while, and if it does not get there what ran before is what to go back to.
 *
 * <p>Since when something is well this process alone remembers; after a restart it counts from there.
 */
final class Probation {
    static final Duration SETTLING = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final Map<String, Instant> wellSince = new ConcurrentHashMap<>();
    private final Set<String> excused = ConcurrentHashMap.newKeySet();

    Probation(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether a folder that fell ill then was healthy before, and for too short a time to be trusted. */
    static boolean covers(List<HistoryEntry> history, Optional<String> folder, Instant ill, Duration timeout) {
        return history.stream()
                .findFirst()
                .filter(entry -> entry.result() == DeploymentResult.Healthy
                        && folder.filter(entry.tree()::equals).isPresent())
                .filter(entry -> ill.isBefore(Instant.parse(entry.time()).plus(timeout)))
                .isPresent();
    }

    /** The revisions that were healthy before the newest one, the youngest first. */
    static Stream<Revision> before(List<HistoryEntry> history) {
        return history.stream()
                .skip(1)
                .filter(entry -> entry.result() == DeploymentResult.Healthy)
                .flatMap(entry -> Revision.parse(entry.revision()).stream());
    }

    /** It is well right now; answers whether that has to last longer to count. */
    boolean settling(String uid) {
        return !excused.contains(uid)
                && clock.instant()
                        .isBefore(wellSince
                                .computeIfAbsent(uid, key -> clock.instant())
                                .plus(SETTLING));
    }

    /** It is not well right now. */
    void ill(String uid) {
        wellSince.remove(uid);
    }

    /** Somebody else made it ill: until it is well again that speaks not against the revision. */
    void excuse(String uid) {
        excused.add(uid);
    }

    /** It is healthy, or gone. */
    void forget(String uid) {
        wellSince.remove(uid);
        excused.remove(uid);
    }
}
