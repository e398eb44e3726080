package sh.keptn.operator.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import sh.keptn.crds.Reason;

class ConditionsTest {
    private static final Instant THEN = Instant.parse("2026-01-01T10:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-01T11:00:00Z");

    @Test
    void theTimeOfATransitionMovesOnlyWithTheStatus() {
        List<Condition> before = at(THEN, List.of(), new Outcome.Failed(Reason.GIT_UNREACHABLE, "no host"));

        List<Condition> stillDown = at(NOW, before, new Outcome.Failed(Reason.GIT_AUTH_FAILED, "no entry"));
        List<Condition> up = at(NOW, before, new Outcome.Done("well"));

        assertThat(find(stillDown, "Ready").getLastTransitionTime()).isEqualTo(THEN.toString());
        assertThat(find(stillDown, "Ready").getReason()).isEqualTo("GitAuthFailed");
        assertThat(find(up, "Ready").getLastTransitionTime()).isEqualTo(NOW.toString());
    }

    @Test
    void aFailureThatCanPassReadsAsRetrying() {
        List<Condition> conditions = at(NOW, List.of(), new Outcome.Failed(Reason.GIT_UNREACHABLE, "no host"));

        assertThat(conditions).extracting(Condition::getType).containsExactly("Ready", "Reconciling");
        assertThat(find(conditions, "Reconciling").getReason()).isEqualTo("ProgressingWithRetry");
    }

    @Test
    void aPersonsWorkReadsAsStalled() {
        List<Condition> conditions = at(NOW, List.of(), new Outcome.Stalled(Reason.INVALID_SPEC, "no name"));

        assertThat(conditions).extracting(Condition::getType).containsExactly("Ready", "Stalled");
        assertThat(find(conditions, "Ready").getStatus()).isEqualTo("False");
        assertThat(find(conditions, "Stalled").getStatus()).isEqualTo("True");
    }

    @Test
    void successLeavesOnlyReady() {
        List<Condition> before = at(THEN, List.of(), new Outcome.Stalled(Reason.INVALID_SPEC, "no name"));

        List<Condition> conditions = at(NOW, before, new Outcome.Done("well"));

        assertThat(conditions).extracting(Condition::getType).containsExactly("Ready");
    }

    @Test
    void whatWasNotLookedAtStaysAsItWas() {
        Clock then = Clock.fixed(THEN, ZoneOffset.UTC);
        List<Condition> before = new Conditions(List.of(), 1, then)
                .yes("ShipyardValid", Reason.SUCCEEDED, "valid")
                .toList();

        List<Condition> kept = new Conditions(before, 2, Clock.offset(then, Duration.ofHours(1)))
                .keep("ShipyardValid")
                .toList();

        assertThat(kept).isEqualTo(before);
    }

    @Test
    void suspensionKeepsTheStatusOfReady() {
        List<Condition> before = at(THEN, List.of(), new Outcome.Done("well"));

        List<Condition> conditions = new Conditions(before, 1, Clock.fixed(NOW, ZoneOffset.UTC))
                .suspended("paused")
                .toList();

        assertThat(find(conditions, "Ready").getStatus()).isEqualTo("True");
        assertThat(find(conditions, "Ready").getReason()).isEqualTo("Suspended");
    }

    private static List<Condition> at(Instant time, List<Condition> before, Outcome outcome) {
        return new Conditions(before, 1, Clock.fixed(time, ZoneOffset.UTC))
                .outcome(outcome)
                .toList();
    }

    private static Condition find(List<Condition> conditions, String type) {
        return Conditions.find(conditions, type).orElseThrow();
    }
}
