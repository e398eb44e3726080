package sh.keptn.api.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sh.keptn.core.error.KeptnError;
import sh.keptn.crds.Reason;

class SettledTest {
    @ParameterizedTest
    @CsvSource({
        "GIT_UNREACHABLE,Upstream", "GIT_AUTH_FAILED,Upstream", "PROVISIONING_FAILED,Upstream",
        "ALREADY_INITIALIZED,Conflict", "UPSTREAM_CONFLICT,Conflict", "NAME_CONFLICT,Conflict",
        "SHIPYARD_INVALID,Invalid", "URL_MISSING,Invalid",
    })
    void readsTheFailureBackFromTheReason(Reason reason, String kind) {
        KeptnError error = Settled.failure(List.of(condition("Stalled", reason)), "project")
                .error();

        assertThat(error.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(error.message()).contains("why");
    }

    @Test
    void isOverTimeWhileNothingIsStalled() {
        assertThat(Settled.failure(List.of(), "project 'p'").error()).isInstanceOf(KeptnError.DeadlineExceeded.class);
    }

    @Test
    void isSettledWhenReadyOrStalled() {
        assertThat(Settled.is(List.of(condition("Ready", Reason.SUCCEEDED)))).isTrue();
        assertThat(Settled.is(List.of(condition("Stalled", Reason.GIT_AUTH_FAILED))))
                .isTrue();
        assertThat(Settled.is(List.of(condition("Reconciling", Reason.PROGRESSING))))
                .isFalse();
    }

    private static Condition condition(String type, Reason reason) {
        return new ConditionBuilder()
                .withType(type)
                .withStatus("True")
                .withReason(reason.text())
                .withMessage("why")
                .build();
    }
}
