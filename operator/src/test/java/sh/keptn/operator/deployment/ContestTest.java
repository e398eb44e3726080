package sh.keptn.operator.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ContestTest {
    private static final String UID = "uid";
    private static final String WORDS = "ConfigMap one by 'theirs'";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final Contest contest = new Contest(now::get);

    @Test
    void aFewRepairsAreNoFight() {
        fight(Contest.FREE_REPAIRS - 1);

        assertThat(contest.waits(UID)).isFalse();
        assertThat(contest.contested(UID, true)).isEmpty();
    }

    @Test
    void tooManyInARowWaitAndNameWhatIsFoughtOver() {
        fight(Contest.FREE_REPAIRS);

        assertThat(contest.waits(UID)).isTrue();
        assertThat(contest.contested(UID, false)).hasValue(WORDS);
    }

    @Test
    void repairsFarApartAreNoFightHoweverManyTheyAre() {
        for (int count = 0; count < Contest.FREE_REPAIRS * 2; count++) {
            contest.repaired(UID, WORDS);
            pass(Contest.CALM.multipliedBy(2).plusSeconds(1));
        }

        assertThat(contest.contested(UID, true)).isEmpty();
    }

    @Test
    void onePauseIsFollowedByOneRepairAndTheNextIsLonger() {
        fight(Contest.FREE_REPAIRS);
        pass(Contest.CALM);
        assertThat(contest.waits(UID)).isFalse();

        contest.repaired(UID, WORDS);

        pass(Contest.CALM);
        assertThat(contest.waits(UID)).isTrue();
        pass(Contest.CALM);
        assertThat(contest.waits(UID)).isFalse();
        assertThat(contest.contested(UID, true)).hasValue(WORDS);
    }

    @Test
    void aRepairThatLastsForAWhileEndsTheFight() {
        fight(Contest.FREE_REPAIRS);

        pass(Contest.CALM);

        assertThat(contest.contested(UID, false)).isEmpty();
    }

    @Test
    void whatAPersonAppliedAnewBeginsWithoutGrudge() {
        fight(Contest.FREE_REPAIRS);

        contest.forget(UID);

        assertThat(contest.waits(UID)).isFalse();
        assertThat(contest.contested(UID, true)).isEmpty();
    }

    private void fight(int repairs) {
        for (int count = 0; count < repairs; count++) {
            contest.repaired(UID, WORDS);
            pass(Duration.ofMillis(count == repairs - 1 ? 0 : 500));
        }
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }
}
