package sh.keptn.local.script;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sh.keptn.local.script.Checkout.Answer;

/** The script's promises about what it ends and what it leaves alone, in a checkout that holds nothing but it and its parts. */
class KeptnLocalIT {

    private Checkout checkout;

    @BeforeEach
    void makeACheckout(@TempDir Path folder) throws IOException {
        checkout = new Checkout(folder);
        Files.createDirectories(checkout.resolve(".local/run"));
        Files.createDirectories(checkout.resolve(".local/log"));
    }

    @AfterEach
    void endWhatIsLeft() {
        checkout.close();
    }

    @Test
    void downEndsWhatWasStarted() throws Exception {
        Process operator = startAs("operator");

        Answer down = checkout.keptnLocal("down");

        assertThat(down.code()).isZero();
        assertThat(operator.waitFor(10, SECONDS)).isTrue();
        assertThat(checkout.resolve(".local/run/operator.pid")).doesNotExist();
    }

    @Test
    void downLeavesAProcessAloneThatOnlyHasTheNumberOfOneThatEnded() throws Exception {
        Process ended = startAs("operator");
        assertThat(ended.destroyForcibly().waitFor(10, SECONDS)).isTrue();
        Process stranger = checkout.start(Map.of(), "sleep", "600");
        Files.writeString(checkout.resolve(".local/run/operator.pid"), Long.toString(stranger.pid()));

        Answer down = checkout.keptnLocal("down");

        assertThat(down.code()).isZero();
        assertThat(stranger.isAlive()).isTrue();
    }

    @Test
    void takesOverTheLockOfAKeptnLocalThatWasKilled() throws Exception {
        Process killed = new ProcessBuilder("true").start();
        assertThat(killed.waitFor()).isZero();
        Path lock = Files.createDirectories(checkout.resolve(".local/lock"));
        Files.writeString(lock.resolve("holder"), killed.pid() + " started before\n");

        Answer down = checkout.keptnLocal("down");

        assertThat(down.code()).isZero();
        assertThat(lock).doesNotExist();
    }

    @Test
    void purgeLeavesNothingBehind() throws Exception {
        Process operator = startAs("operator");

        Answer down = checkout.keptnLocal("down", "--purge");

        assertThat(down.code()).isZero();
        assertThat(operator.waitFor(10, SECONDS)).isTrue();
        assertThat(checkout.resolve(".local")).doesNotExist();
    }

    @Test
    void namesTheToolThatIsMissingAndWhereToGetIt() throws Exception {
        // A PATH with the tools of the system that the script counts on, and neither Git nor a JDK of its own choice.
        Path tools = checkout.onlyTheTools(
                "sh", "dirname", "awk", "sed", "cat", "grep", "rm", "ls", "sleep", "date", "find");

        Answer up = checkout.keptnLocal(
                Map.of("PATH", tools.toString(), "JAVA_HOME", System.getProperty("java.home")), "up");

        assertThat(up.code()).isEqualTo(1);
        assertThat(up.text()).contains("Git is missing", "apt-get install git");
    }

    @Test
    void namesWhatANodeNeedsThatIsMissingAndStartsNothing() throws Exception {
        // Git and a JDK are here; containerd and its kind are not.
        Path tools = checkout.onlyTheTools(
                "sh", "dirname", "awk", "sed", "cat", "grep", "rm", "ls", "sleep", "date", "find", "git", "uname", "id",
                "df", "mkdir", "chmod", "ps", "rmdir");

        Answer up = checkout.keptnLocal(
                Map.of("PATH", tools.toString(), "JAVA_HOME", System.getProperty("java.home")), "up", "--node");

        assertThat(up.code()).isEqualTo(1);
        assertThat(up.text()).contains("cannot run a real node", "Nothing was started");
        assertThat(up.text()).containsAnyOf("containerd is missing (Debian: apt-get install containerd)", "need Linux");
        assertThat(checkout.resolve(".local/run")).isEmptyDirectory();
    }

    @Test
    void doesNotTurnASimulatedNodeWithDataIntoARealOne() throws Exception {
        Files.createDirectories(checkout.resolve(".local/cluster/etcd"));

        Answer up = checkout.keptnLocal("up", "--node");

        assertThat(up.code()).isEqualTo(1);
        assertThat(up.text()).contains("down --purge first");
    }

    @Test
    void refusesAnOptionItDoesNotKnow() throws Exception {
        Answer up = checkout.keptnLocal("up", "--prot", "9000");

        assertThat(up.code()).isEqualTo(1);
        assertThat(up.text()).contains("up does not know --prot");
    }

    @Test
    void statusSaysThatNothingRuns() throws Exception {
        Files.delete(checkout.resolve(".local/run"));

        Answer status = checkout.keptnLocal("status");

        assertThat(status.code()).isEqualTo(1);
        assertThat(status.text()).contains("./keptn-local up");
    }

    private Process startAs(String name) throws Exception {
        Process process = checkout.start(
                Map.of(),
                "./keptn-local",
                "exec-noting-pid",
                checkout.resolve(".local").toString(),
                name,
                "sleep",
                "600");
        Path pid = checkout.resolve(".local/run").resolve(name + ".pid");
        await().until(() -> Files.exists(pid));
        return process;
    }
}
