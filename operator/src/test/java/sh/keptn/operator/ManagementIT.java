package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.crds.project.KeptnProject;

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

    @Test
    void aRequestBringsExactlyOneLookMore() {
        keptn.applyProject("asked", keptn.upstream("asked").gitRemoteUrl(), "dev");
        keptn.patchProject("asked", "{\"spec\":{\"interval\":\"1h\"}}");
        keptn.awaitReady("asked");
        keptn.client()
                .resources(KeptnProject.class)
                .inNamespace(keptn.namespace())
                .withName("measured")
                .delete();
        keptn.reconcileNow("asked");
        settle();
        double looks = keptn.gitOperations("heads");

        keptn.reconcileNow("asked");

        settle();
        assertThat(keptn.gitOperations("heads")).isEqualTo(looks + 1);
    }

    /** Waits until the operator has looked at nothing for a second. */
    private static void settle() {
        AtomicReference<Double> last = new AtomicReference<>(-1.0);
        await().pollInterval(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(15))
                .until(() -> {
                    double now = keptn.gitOperations("heads");
                    return last.getAndSet(now) == now;
                });
    }
}
