package sh.keptn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sh.keptn.bench.git.GitByHand;
import sh.keptn.bench.measure.ClosedLoop;

/** A project with many files or a long history, and a clone of its twin that nobody but git writes to. */
final class GrownProject implements AutoCloseable {
    private static final int FILES_IN_A_FOLDER = 100;
    private static final int WARM_UP = 3;
    private static final String PURPOSE = "grown";

    private final String size;
    private final WrittenProject written;
    private final GitByHand git;
    private final String base;
    private final List<String> pushes = new ArrayList<>();

    private GrownProject(String size, WrittenProject written, GitByHand git, String base) {
        this.size = size;
        this.written = written;
        this.git = git;
        this.base = base;
    }

    /** Files and commits come in through Git's own door, on top of what is there. */
    static GrownProject make(Bench bench, int files, int commits) throws IOException, InterruptedException {
        String size = commits > 0 ? "%,d earlier commits".formatted(commits) : "%,d files".formatted(files);
        bench.say("preparing " + size);
        String project = bench.project(PURPOSE);
        try (GitByHand filler = bench.cloneOf(project)) {
            if (files + commits > 0) {
                fill(filler, files, commits);
            }
        }
        WrittenProject written = WrittenProject.open(bench, project, PURPOSE);
        GitByHand git = bench.cloneOf(bench.twin(written.upstream()));
        GrownProject grown = new GrownProject(size, written, git, git.head(Bench.STAGE));
        ClosedLoop.alone(WARM_UP, (client, turn) -> {
            grown.write();
            grown.push();
        });
        return grown;
    }

    private static void fill(GitByHand git, int files, int commits) throws IOException {
        StringBuilder stream = new StringBuilder();
        for (int commit = 0; commit < Math.max(1, commits); commit++) {
            stream.append("commit refs/heads/grown\ncommitter bench <bench@example.com> ")
                    .append(1_700_000_000L + commit)
                    .append(" +0000\ndata 4\ngrow\n");
            if (commit == 0) {
                stream.append("from refs/remotes/origin/" + Bench.STAGE + "\n");
            }
            int first = commits > 0 ? commit % FILES_IN_A_FOLDER : 0;
            int last = commits > 0 ? first + 1 : files;
            for (int file = first; file < last; file++) {
                String content = "file " + file + " of commit " + commit + "\n";
                stream.append("M 100644 inline grown/%d/%d.yaml\ndata %d\n%s\n"
                        .formatted(file / FILES_IN_A_FOLDER, file, content.length(), content));
            }
        }
        Path script = git.folder().resolveSibling(git.folder().getFileName() + ".stream");
        Files.writeString(script, stream);
        git.run("git fast-import --quiet <" + script + " && git push -q origin grown:" + Bench.STAGE);
        Files.delete(script);
    }

    String size() {
        return size;
    }

    void write() throws IOException, InterruptedException {
        written.write(0);
    }

    void push() throws IOException {
        git.write("bench/0.yaml", WrittenProject.content(PURPOSE, 0, pushes.size()));
        pushes.add("");
    }

    /** Void unless everything that either side was told to be there is there. */
    void mustBeUpstream() throws IOException {
        written.mustBeUpstream();
        git.mustHold(Bench.STAGE, base, pushes);
    }

    @Override
    public void close() {
        written.close();
        git.close();
    }
}
