package sh.keptn.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real operator as a process of its own, so that it can be stopped and killed like one. */
public final class OperatorProcess implements AutoCloseable {
    private final ProcessBuilder command;
    private Process process;

    private OperatorProcess(ProcessBuilder command) {
        this.command = command;
        this.process = start(command);
    }

    static OperatorProcess start(Path kubeconfig, Path folder, Map<String, String> settings) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "sh.keptn.operator.OperatorMain")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("operator.log").toFile()));
        command.environment().putAll(settings);
        command.environment().put("KUBECONFIG", kubeconfig.toString());
        command.environment().put("KEPTN_DATA_DIR", folder.resolve("data").toString());
        command.environment().put("KEPTN_MANAGEMENT_PORT", "0");
        command.environment().put("KEPTN_LEADER_ELECTION", "false");
        return new OperatorProcess(command);
    }

    /** Ends it as it is. */
    public void kill() {
        process.destroyForcibly();
        end();
    }

    public void restart() {
        process = start(command);
    }

    @Override
    public void close() {
        process.destroy();
        end();
    }

    private void end() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Process start(ProcessBuilder command) {
        try {
            return command.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
