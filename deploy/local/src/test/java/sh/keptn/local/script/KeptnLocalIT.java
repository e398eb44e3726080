package sh.keptn.local.script;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script's promises about what it ends and what it leaves alone, in a checkout that holds nothing but it and its parts. */
class KeptnLocalIT {

    @TempDir
    private Path checkout;

    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void copyTheScript() throws IOException {
        Path script = checkout.resolve("keptn-local");
        Files.copy(Path.of("../../keptn-local"), script);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Path parts = Files.createDirectories(checkout.resolve("deploy/local/sh"));
        try (var files = Files.list(Path.of("sh"))) {
            for (Path part : files.toList()) {
                Files.copy(part, parts.resolve(part.getFileName()));
            }
        }
        Files.createDirectories(checkout.resolve(".local/run"));
        Files.createDirectories(checkout.resolve(".local/log"));
    }

    @AfterEach
    void endWhatIsLeft() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void downEndsWhatWasStarted() throws Exception {
        Process operator = startAs("operator");

        Answer down = keptnLocal("down");

        assertThat(down.code()).isZero();
        assertThat(operator.waitFor(10, SECONDS)).isTrue();
        assertThat(checkout.resolve(".local/run/operator.pid")).doesNotExist();
    }

    @Test
    void downLeavesAProcessAloneThatOnlyHasTheNumberOfOneThatEnded() throws Exception {
        Process ended = startAs("operator");
        assertThat(ended.destroyForcibly().waitFor(10, SECONDS)).isTrue();
        Process stranger = new ProcessBuilder("sleep", "600").start();
        started.add(stranger);
        Files.writeString(checkout.resolve(".local/run/operator.pid"), Long.toString(stranger.pid()));

        Answer down = keptnLocal("down");

        assertThat(down.code()).isZero();
        assertThat(stranger.isAlive()).isTrue();
    }

    @Test
    void takesOverTheLockOfAKeptnLocalThatWasKilled() throws Exception {
        Process killed = new ProcessBuilder("true").start();
        assertThat(killed.waitFor()).isZero();
        Path lock = Files.createDirectories(checkout.resolve(".local/lock"));
        Files.writeString(lock.resolve("holder"), killed.pid() + " started before\n");

        Answer down = keptnLocal("down");

        assertThat(down.code()).isZero();
        assertThat(lock).doesNotExist();
    }

    @Test
    void purgeLeavesNothingBehind() throws Exception {
        Process operator = startAs("operator");

        Answer down = keptnLocal("down", "--purge");

        assertThat(down.code()).isZero();
        assertThat(operator.waitFor(10, SECONDS)).isTrue();
        assertThat(checkout.resolve(".local")).doesNotExist();
    }

    @Test
    void namesTheToolThatIsMissingAndWhereToGetIt() throws Exception {
        // A PATH with the tools of the system that the script counts on, and neither Git nor a JDK of its own choice.
        Path tools = Files.createDirectory(checkout.resolve("tools"));
        for (String tool : List.of("sh", "dirname", "awk", "sed", "cat", "grep", "rm", "ls", "sleep", "date", "find")) {
            Path wrapper = tools.resolve(tool);
            Files.writeString(wrapper, "#!/bin/sh\nexec " + systemTool(tool) + " \"$@\"\n");
            assertThat(wrapper.toFile().setExecutable(true)).isTrue();
        }

        Answer up = keptnLocal(List.of("PATH=" + tools, "JAVA_HOME=" + System.getProperty("java.home")), "up");

        assertThat(up.code()).isEqualTo(1);
        assertThat(up.text()).contains("Git is missing", "apt-get install git");
    }

    @Test
    void refusesAnOptionItDoesNotKnow() throws Exception {
        Answer up = keptnLocal("up", "--prot", "9000");

        assertThat(up.code()).isEqualTo(1);
        assertThat(up.text()).contains("up does not know --prot");
    }

    @Test
    void statusSaysThatNothingRuns() throws Exception {
        Files.delete(checkout.resolve(".local/run"));

        Answer status = keptnLocal("status");

        assertThat(status.code()).isEqualTo(1);
        assertThat(status.text()).contains("./keptn-local up");
    }

    private Process startAs(String name) throws Exception {
        Process process = new ProcessBuilder(
                        "./keptn-local",
                        "exec-noting-pid",
                        checkout.resolve(".local").toString(),
                        name,
                        "sleep",
                        "600")
                .directory(checkout.toFile())
                .start();
        started.add(process);
        Path pid = checkout.resolve(".local/run").resolve(name + ".pid");
        await().until(() -> Files.exists(pid));
        return process;
    }

    private Answer keptnLocal(String... arguments) throws Exception {
        return keptnLocal(List.of(), arguments);
    }

    private Answer keptnLocal(List<String> variables, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("env"));
        command.addAll(variables);
        command.add("./keptn-local");
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(checkout.toFile())
                .redirectErrorStream(true)
                .start();
        started.add(process);
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), text);
    }

    private static Path systemTool(String name) {
        return List.of("/bin", "/usr/bin").stream()
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private record Answer(int code, String text) {}
}
