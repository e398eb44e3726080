package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Health and metrics as whoever runs the operator sees them. */
class ManagementIT {
    @RegisterExtension
    static final OperatorExtension keptn = new OperatorExtension();

    @Test
    void isLiveAndReadyAndCountsWithoutNamingAnybody() throws IOException {
        keptn.applyProject("measured", keptn.upstream("measured").gitRemoteUrl(), "dev");
        keptn.awaitReady("measured");

        assertThat(keptn.get("/livez")).isEqualTo("ok\n");
        assertThat(keptn.get("/readyz")).isEqualTo("ok\n");
        assertThat(keptn.get("/metrics"))
                .contains("keptn_git_operation_seconds_count{operation=\"createBranch\",outcome=\"ok\"}")
                .contains("operator_sdk_controllers_execution")
                .contains("jvm_memory_used_bytes")
                .doesNotContain("measured");
    }
}
