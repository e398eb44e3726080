package sh.keptn.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command as a user types it: what it printed, and how it ended. */
record Command(int exitCode, String output) {

    /** Runs it to its end, standard error with standard output; ended by force after the time given. */
    static Command run(Path folder, Map<String, String> environment, Duration atMost, String... words) {
        try {
            Path output = Files.createTempFile("command", ".out");
            try {
                ProcessBuilder builder = new ProcessBuilder(List.of(words))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                process.getOutputStream().close();
                if (!process.waitFor(atMost.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                    throw new AssertionError(String.join(" ", words) + " did not end within " + atMost + ":\n"
                            + Files.readString(output, StandardCharsets.UTF_8));
                }
                return new Command(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The output of a command that must succeed. */
    String succeeded() {
        if (exitCode != 0) {
            throw new AssertionError("ended with exit code " + exitCode + ":\n" + output);
        }
        return output;
    }
}
