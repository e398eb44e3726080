package sh.keptn.bench.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import sh.keptn.bench.measure.VoidRun;

/** One clone and the commands that a person types in it. */
public final class GitByHand implements AutoCloseable {
    private final Path clone;
    private final Shell shell;

    private GitByHand(Path clone, Shell shell) {
        this.clone = clone;
        this.shell = shell;
    }

    /** A clone of one branch in a new folder. Git's own housekeeping is off, as it would only cost time. */
    public static GitByHand clone(Hosting.Repository repository, String branch, Path folder) throws IOException {
        Path clone = empty(repository, folder);
        Shell shell = Shell.in(clone);
        shell.run("git fetch -q origin && git checkout -q -b " + branch + " --track origin/" + branch);
        return new GitByHand(clone, shell);
    }

    /** A new repository with nothing in it yet that will push to this one. */
    public static GitByHand init(Hosting.Repository repository, Path folder) throws IOException {
        Path clone = empty(repository, folder);
        return new GitByHand(clone, Shell.in(clone));
    }

    private static Path empty(Hosting.Repository repository, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Shell shell = Shell.in(folder)) {
            shell.run("git init -q -b main && git config gc.auto 0 && git config maintenance.auto false"
                    + " && git config http.extraHeader '" + repository.authorization() + "'"
                    + " && git remote add origin " + repository.url());
        }
        return folder;
    }

    /** Another terminal in the same clone. */
    public GitByHand beside() {
        return new GitByHand(clone, Shell.in(clone));
    }

    /** Fetch, commit, push; returns when the upstream has it. */
    public void write(String path, String content) throws IOException {
        Path file = clone.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
        shell.run("git fetch -q && git add -- " + path + " && git commit -q -m 'Updated resource' && git push -q");
    }

    /** The file as it stands in the upstream's branch now: {@code ls-remote}, then {@code show}. */
    public String read(String branch, String path) throws IOException {
        return shell.run("set -- $(git ls-remote origin refs/heads/" + branch + ") && git show \"$1:" + path + "\"");
    }

    /** Any other line. */
    public String run(String line) throws IOException {
        return shell.run(line);
    }

    public Path folder() {
        return clone;
    }

    /** Pushes every branch, as it stands upstream now, to another repository. */
    public void copyTo(Hosting.Repository twin) throws IOException {
        fetch();
        shell.run("git -c http.extraHeader= -c http.extraHeader='" + twin.authorization() + "' push -q " + twin.url()
                + " 'refs/remotes/origin/*:refs/heads/*'");
    }

    /** Brings every branch here, as the upstream has it now. */
    public void fetch() throws IOException {
        shell.run("git fetch -q --prune origin");
    }

    public String head(String branch) throws IOException {
        return shell.run("git rev-parse origin/" + branch);
    }

    /**
     * Void unless exactly the acknowledged commits have come onto the branch since {@code base}, each once.
     *
     * @param acknowledged the ids of the commits, or as many blanks where only their number is known
     */
    public void mustHold(String branch, String base, List<String> acknowledged) throws IOException {
        fetch();
        List<String> there =
                shell.run("git rev-list " + base + "..origin/" + branch).lines().toList();
        VoidRun.unless(
                there.size() == acknowledged.size(),
                acknowledged.size() + " writes were acknowledged and " + there.size() + " commits are upstream");
        Set<String> ids = Set.copyOf(there);
        long lost = acknowledged.stream()
                .filter(id -> !id.isEmpty() && !ids.contains(id))
                .count();
        VoidRun.unless(lost == 0, lost + " acknowledged commits are not upstream");
    }

    /** Void unless the file at the upstream's head holds this. */
    public void mustShow(String branch, String path, String content) throws IOException {
        String there = shell.run("git show origin/" + branch + ":" + path);
        VoidRun.unless(
                there.equals(content.stripTrailing()), path + " upstream does not hold what was acknowledged last");
    }

    @Override
    public void close() {
        shell.close();
    }
}
