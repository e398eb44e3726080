package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A clone of an upstream in the hands of the Git command: sees what is really there, and pushes as people do. */
final class Checkout {
    private final Path directory;

    private Checkout(Path directory) {
        this.directory = directory;
    }

    static Checkout of(Path bare, Path parent) {
        try {
            Files.createDirectories(parent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path directory = parent.resolve(UUID.randomUUID().toString());
        run(parent, "git", "clone", "-q", bare.toString(), directory.toString());
        return new Checkout(directory);
    }

    /** Runs the Git command on a bare repository itself. */
    static void bare(Path repository, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        run(repository, command.toArray(String[]::new));
    }

    Path directory() {
        return directory;
    }

    /** Runs the Git command in the clone and answers what it printed. */
    String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "git", "-c", "user.name=Anna", "-c", "user.email=anna@example.org", "-c", "advice.detachedHead=false"));
        command.addAll(List.of(arguments));
        return run(directory, command.toArray(String[]::new));
    }

    List<String> lines(String... arguments) {
        return git(arguments).lines().toList();
    }

    /** The subjects of a branch's commits, oldest first. */
    List<String> subjects(String branch) {
        git("fetch", "-q", "--prune");
        return lines("log", "--reverse", "--format=%s", "origin/" + branch);
    }

    /** The files on a branch. */
    List<String> files(String branch) {
        git("fetch", "-q", "--prune");
        return lines("ls-tree", "-r", "--name-only", "origin/" + branch);
    }

    String show(String branch, String path) {
        git("fetch", "-q", "--prune");
        return git("show", "origin/" + branch + ":" + path);
    }

    String head(String branch) {
        git("fetch", "-q", "--prune");
        return git("rev-parse", "origin/" + branch).strip();
    }

    List<String> branches() {
        git("fetch", "-q", "--prune");
        return lines("for-each-ref", "--format=%(refname:lstrip=3)", "refs/remotes/origin").stream()
                .filter(branch -> !branch.equals("HEAD"))
                .toList();
    }

    /** Commits one file on a branch, which is made if it is not there, and pushes it. */
    void push(String branch, String path, String content) {
        git("fetch", "-q", "--prune");
        boolean there = branches().contains(branch);
        if (there) {
            git("checkout", "-q", "-B", branch, "origin/" + branch);
        } else {
            git("checkout", "-q", "--orphan", branch);
        }
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        git("add", "-A");
        git("commit", "-q", "-m", "pushed " + path);
        git("push", "-q", "origin", branch);
    }

    private static String run(Path directory, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor())
                    .as(String.join(" ", command) + "\n" + output)
                    .isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
