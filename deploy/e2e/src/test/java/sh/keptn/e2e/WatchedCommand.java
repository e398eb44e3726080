package sh.keptn.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A command that prints until it is ended, as somebody has it open in a second terminal. */
final class WatchedCommand implements AutoCloseable {
    private final Process process;
    private final Path output;

    private WatchedCommand(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static WatchedCommand start(Path folder, String... words) {
        try {
            Path output = Files.createTempFile(folder, "watched", ".out");
            Process process = new ProcessBuilder(List.of(words))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            return new WatchedCommand(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it printed so far. */
    List<String> lines() {
        try {
            return Files.readAllLines(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
