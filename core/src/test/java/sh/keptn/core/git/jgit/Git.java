package sh.keptn.core.git.jgit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real {@code git}, looking at a repository from outside the store and its server. */
final class Git {
    private final Path directory;

    Git(Path directory) {
        this.directory = directory;
    }

    /** A working clone of a bare repository. */
    static Git clone(Path bare, Path target) {
        new Git(bare).run("clone", "-q", bare.toString(), target.toString());
        Git clone = new Git(target);
        clone.run("config", "user.name", "somebody");
        clone.run("config", "user.email", "somebody@example.org");
        return clone;
    }

    static Git initBare(Path bare) {
        try {
            Files.createDirectories(bare);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Git git = new Git(bare);
        git.run("init", "-q", "--bare", "--initial-branch=main", ".");
        git.run("config", "http.receivepack", "true");
        return git;
    }

    Path directory() {
        return directory;
    }

    String run(String... arguments) {
        Result result = attempt(arguments);
        assertThat(result.code())
                .as("git %s: %s", String.join(" ", arguments), result.output())
                .isZero();
        return result.output().strip();
    }

    Result attempt(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("HOME", directory.toString());
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    record Result(int code, String output) {}

    /** Writes a file, commits and returns the commit's id. */
    String commit(String file, String text, String message) {
        try {
            Path path = directory.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run("add", "-A");
        run("commit", "-q", "-m", message);
        return run("rev-parse", "HEAD");
    }

    /** Everything is there and sound. */
    void fsck() {
        assertThat(run("fsck", "--full", "--strict", "--no-dangling")).doesNotContain("missing", "error");
    }

    int countCommits(String revision) {
        return Integer.parseInt(run("rev-list", "--count", revision));
    }
}
