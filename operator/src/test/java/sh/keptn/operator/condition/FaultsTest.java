package sh.keptn.operator.condition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.UpstreamFault;
import sh.keptn.crds.Reason;

class FaultsTest {
    @ParameterizedTest
    @EnumSource(UpstreamFault.class)
    void whatPassesIsRetriedAndWhatDoesNotWaitsForAPerson(UpstreamFault fault) {
        Outcome outcome = Faults.outcome(new KeptnError.Upstream(fault, "message"));

        if (fault.passing()) {
            assertThat(outcome).isEqualTo(new Outcome.Failed(Faults.reason(fault), "message"));
        } else {
            assertThat(outcome).isEqualTo(new Outcome.Stalled(Faults.reason(fault), "message"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DNS, GIT_UNREACHABLE",
        "CONNECT, GIT_UNREACHABLE",
        "TIMEOUT, GIT_UNREACHABLE",
        "UNAVAILABLE, GIT_UNREACHABLE",
        "AUTH, GIT_AUTH_FAILED",
        "TLS, GIT_TLS_FAILED",
        "HOST_KEY, GIT_HOST_KEY_UNKNOWN",
        "PROXY, GIT_PROXY_FAILED",
        "NOT_FOUND, REPOSITORY_NOT_FOUND",
        "NOT_A_REPOSITORY, NOT_A_REPOSITORY",
        "ADDRESS_REFUSED, GIT_ADDRESS_REFUSED",
        "REDIRECT, GIT_ADDRESS_REFUSED",
        "REJECTED, GIT_REJECTED",
        "DIVERGED, GIT_CONTENDED",
        "TOO_LARGE, TOO_LARGE"
    })
    void everyFaultHasItsReason(UpstreamFault fault, Reason reason) {
        assertThat(Faults.reason(fault)).isEqualTo(reason);
    }
}
