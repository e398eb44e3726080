package sh.keptn.bench.git;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sh.keptn.bench.measure.VoidRun;

/**
 * One shell that stays, as a person's terminal does: a command costs what it costs there, not the start of a shell or a
 * copy of this process as well.
 */
public final class Shell implements AutoCloseable {
    private static final String END = "\u0001end ";

    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;

    private Shell(Process process) {
        this.process = process;
        this.in = new BufferedWriter(process.outputWriter(StandardCharsets.UTF_8));
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    /** A shell in a folder, with an identity for Git and without the settings of this machine's users. */
    public static Shell in(Path folder) {
        ProcessBuilder builder =
                new ProcessBuilder("/bin/sh").directory(folder.toFile()).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "GIT_AUTHOR_NAME", "bench",
                        "GIT_AUTHOR_EMAIL", "bench@example.com",
                        "GIT_COMMITTER_NAME", "bench",
                        "GIT_COMMITTER_EMAIL", "bench@example.com",
                        "GIT_CONFIG_GLOBAL", "/dev/null",
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "GIT_TERMINAL_PROMPT", "0",
                        "LC_ALL", "C"));
        try {
            return new Shell(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs one line; what it printed, without the last end of line. Void if it fails. */
    public String run(String line) throws IOException {
        in.write("{ " + line + "\n} </dev/null; printf '\\n\\001end %s\\n' $?\n");
        in.flush();
        List<String> printed = new ArrayList<>();
        while (true) {
            String next = Optional.ofNullable(out.readLine())
                    .orElseThrow(() -> new VoidRun("the shell ended during: " + line));
            if (next.startsWith(END)) {
                String text = String.join("\n", printed).stripTrailing();
                VoidRun.unless(next.equals(END + "0"), line + " failed: " + text);
                return text;
            }
            printed.add(next);
        }
    }

    @Override
    public void close() {
        try (in;
                out) {
            in.write("exit\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            process.destroy();
        }
    }
}
