package sh.keptn.operator.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import sh.keptn.crds.deployment.DeploymentResult;
import sh.keptn.crds.deployment.HistoryEntry;

class ProbationTest {
    private static final String UID = "uid";
    private static final Instant HEALTHY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final String OLD = "dev@sha1:" + "a".repeat(40);
    private static final String NEW = "dev@sha1:" + "b".repeat(40);

    private final AtomicReference<Instant> now = new AtomicReference<>(HEALTHY);
    private final Probation probation = new Probation(now::get);

    @Test
    void coversWhatFallsIllSoonerThanItMightHaveTaken() {
        assertThat(covers("new", HEALTHY.plusSeconds(3))).isTrue();
        assertThat(covers("new", HEALTHY.plus(TIMEOUT))).isFalse();
    }

    @Test
    void coversOnlyTheNewestFolderAndOnlyIfItWasHealthy() {
        assertThat(covers("old", HEALTHY.plusSeconds(3))).isFalse();
        assertThat(Probation.covers(
                        List.of(entry(NEW, "new", DeploymentResult.Failed)),
                        Optional.of("new"),
                        HEALTHY.plusSeconds(3),
                        TIMEOUT))
                .isFalse();
    }

    @Test
    void goesBackToTheYoungestThatWasHealthy() {
        assertThat(Probation.before(history())).map(Revision::text).containsExactly(OLD);
    }

    @Test
    void whatFellIllCountsAsWellOnceThatLasts() {
        assertThat(probation.settling(UID)).isTrue();
        pass(Probation.SETTLING);

        assertThat(probation.settling(UID)).isFalse();
    }

    @Test
    void whatFallsIllAgainAndAgainNeverSettles() {
        for (int crash = 0; crash < 10; crash++) {
            assertThat(probation.settling(UID)).isTrue();
            pass(Probation.SETTLING.minusSeconds(1));
            probation.ill(UID);
        }

        assertThat(probation.settling(UID)).isTrue();
    }

    @Test
    void whatSomebodyElseBrokeIsWellAtOnceWhenItIsRepaired() {
        probation.ill(UID);

        probation.excuse(UID);

        assertThat(probation.settling(UID)).isFalse();
        probation.forget(UID);
        assertThat(probation.settling(UID)).isTrue();
    }

    private static boolean covers(String folder, Instant ill) {
        return Probation.covers(history(), Optional.of(folder), ill, TIMEOUT);
    }

    private static List<HistoryEntry> history() {
        return List.of(
                entry(NEW, "new", DeploymentResult.Healthy),
                entry("dev@sha1:" + "c".repeat(40), "failed", DeploymentResult.Failed),
                entry(OLD, "old", DeploymentResult.Healthy));
    }

    private static HistoryEntry entry(String revision, String tree, DeploymentResult result) {
        return new HistoryEntry(revision, tree, result, HEALTHY.toString(), null);
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }
}
