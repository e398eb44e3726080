package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.crds.Annotations;

/** The operator as a process of its own, killed with -9 as soon as a step of the bootstrap shows upstream. */
class KilledOperatorIT {
    @RegisterExtension
    static final OperatorExtension keptn = new OperatorExtension().withoutOperator();

    private @Nullable Process process;

    @AfterEach
    void end() throws InterruptedException {
        kill();
    }

    @Test
    void killedAfterEachStepItEndsInTheSamePlaceAndWritesNothingTwice() throws Exception {
        String url = keptn.upstream("killed").gitRemoteUrl();
        keptn.applyProject("killed", url, "dev", "qa", "prod");
        keptn.applyService("killed", "carts");

        killWhen(() -> branches().contains("main"));
        killWhen(() -> branches().contains("prod"));
        killWhen(() -> scaffolded().contains("prod"));
        killWhen(() -> keptn.clone("killed").files("dev").contains("carts/metadata.yaml"));
        start();

        keptn.awaitReady("killed");
        keptn.awaitServiceReady("killed.carts");
        Checkout clone = keptn.clone("killed");
        assertThat(clone.branches()).containsExactlyInAnyOrder("main", "dev", "qa", "prod");
        assertThat(clone.subjects("main")).containsExactly("initialized project", "Updated resource");
        for (String stage : List.of("dev", "qa", "prod")) {
            assertThat(clone.subjects(stage))
                    .as(stage)
                    .containsExactly("initialized project", "created stage", "Added service: carts");
        }
        assertThat(keptn.eventReasons("killed"))
                .as("its own half-made repository is nobody else's")
                .doesNotContain("RepositoryAdopted", "StageAdopted");
    }

    @Test
    void theLeaderWorksUntilATermSignalEndsItCleanly() throws Exception {
        Process running = fork(Map.of("KEPTN_LEADER_ELECTION", "true"));
        process = running;
        keptn.applyProject("ended", keptn.upstream("ended").gitRemoteUrl(), "dev");
        keptn.awaitReady("ended");
        assertThat(keptn.client().leases().inNamespace(keptn.namespace()).list().getItems())
                .hasSize(1);

        running.destroy();

        assertThat(running.waitFor()).isIn(0, 143);
    }

    @Test
    void aSettingThatCannotBeUsedEndsItWithOne() throws Exception {
        Process refused = fork(Map.of("KEPTN_MANAGEMENT_PORT", "none"));

        assertThat(refused.waitFor()).isEqualTo(1);
    }

    private void killWhen(Callable<Boolean> seen) throws Exception {
        start();
        await().atMost(Duration.ofSeconds(60))
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(seen);
        kill();
    }

    private Process start() throws IOException {
        Process started = fork(Map.of());
        process = started;
        return started;
    }

    private void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
            process = null;
        }
    }

    private Process fork(Map<String, String> more) throws IOException {
        return OperatorProcess.start(keptn, more);
    }

    private static List<String> branches() {
        return keptn.clone("killed").branches();
    }

    private static String scaffolded() {
        var annotations = keptn.project("killed").getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(Annotations.SCAFFOLDED, "");
    }
}
