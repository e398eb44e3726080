package sh.keptn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sh.keptn.bench.git.GitByHand;
import sh.keptn.bench.measure.ClosedLoop;
import sh.keptn.bench.measure.Figure;
import sh.keptn.bench.measure.Interleaved;
import sh.keptn.bench.measure.Run;
import sh.keptn.bench.report.Goal;
import sh.keptn.bench.report.Line;

/** A single write in a large repository and in one with a long history: it must cost what it costs in a small one. */
final class GrowthRows implements Rows {
    private static final double WRITE_GOAL = 0.7;
    /** What noise may look like. */
    private static final double GROWTH_GOAL = 1.25;

    private static final int SOME_FILES = 1_000;
    private static final int FILES_IN_A_FOLDER = 100;

    private final Bench bench;

    GrowthRows(Bench bench) {
        this.bench = bench;
    }

    @Override
    public String letter() {
        return "d";
    }

    @Override
    public String title() {
        return "(d) Write a resource in a grown repository";
    }

    @Override
    public List<Line> measure() throws IOException, InterruptedException {
        List<Line> lines = new ArrayList<>();
        Run empty = measure(0, 0, Optional.empty(), lines);
        measure(SOME_FILES, 0, Optional.of(empty), lines);
        measure(bench.scale().files(), 0, Optional.of(empty), lines);
        measure(0, bench.scale().commits(), Optional.of(empty), lines);
        return lines;
    }

    private Run measure(int files, int commits, Optional<Run> small, List<Line> lines)
            throws IOException, InterruptedException {
        String purpose = commits > 0 ? "history" : "files";
        String project = bench.project(purpose);
        try (GitByHand filler = bench.cloneOf(project)) {
            fill(filler, files, commits);
        }
        try (WrittenProject written = WrittenProject.open(bench, project, purpose);
                GitByHand git = bench.cloneOf(bench.twin(written.upstream()))) {
            String base = git.head(Bench.STAGE);
            List<String> pushes = new ArrayList<>();
            ClosedLoop.alone(3, (client, turn) -> written.write(0));
            Interleaved both = Interleaved.rounds(
                    bench.scale().rounds(),
                    round -> ClosedLoop.alone(bench.scale().single(), (client, turn) -> written.write(0)),
                    round -> ClosedLoop.alone(bench.scale().single(), (client, turn) -> {
                        git.write("bench/0.yaml", WrittenProject.content(purpose, 0, pushes.size()));
                        pushes.add("");
                    }));
            written.mustBeUpstream();
            git.mustHold(Bench.STAGE, base, pushes);
            String what = commits > 0 ? "%,d earlier commits".formatted(commits) : "%,d files".formatted(files);
            bench.say(what + ": " + both.ours() + " | git: " + both.beside());
            lines.add(Line.byTime(
                    what,
                    both.ours(),
                    "git",
                    both.beside(),
                    Optional.of(Goal.timeAtMost(WRITE_GOAL, both.ours(), both.beside()))));
            small.ifPresent(run -> {
                double growth = both.ours().median() / run.median();
                lines.add(Line.alone(
                        what + ", beside 0 files",
                        "time " + Figure.of(growth) + "x",
                        Optional.of(Goal.below(GROWTH_GOAL, growth, "x"))));
            });
            return both.ours();
        }
    }

    /** Files and commits through Git's own door, on top of what is there. */
    private static void fill(GitByHand git, int files, int commits) throws IOException {
        if (files == 0 && commits == 0) {
            return;
        }
        StringBuilder stream = new StringBuilder();
        int total = Math.max(1, commits);
        for (int commit = 0; commit < total; commit++) {
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
        Path script = git.folder().resolve("../" + git.folder().getFileName() + ".stream");
        Files.writeString(script, stream);
        git.run("git fast-import --quiet <" + script + " && git push -q origin grown:" + Bench.STAGE);
        Files.delete(script);
    }
}
