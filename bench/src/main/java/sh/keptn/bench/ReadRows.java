package sh.keptn.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import sh.keptn.bench.git.GitByHand;
import sh.keptn.bench.measure.ClosedLoop;
import sh.keptn.bench.measure.Interleaved;
import sh.keptn.bench.measure.Run;
import sh.keptn.bench.measure.VoidRun;
import sh.keptn.bench.measure.Work;
import sh.keptn.bench.report.Goal;
import sh.keptn.bench.report.Line;

/**
 * A resource is read, fresh from a branch or by the id of a commit. Beside it, {@code git ls-remote} and {@code git
 * show} in a clone that has the commit: one after another, and 16 side by side.
 */
final class ReadRows implements Rows {
    private static final int READERS = 16;
    private static final String PATH = "bench/0.yaml";
    private static final double ALONE_GOAL = 20;
    private static final double ABREAST_GOAL = 5;
    private static final double BY_ID_GOAL = 1;

    private final Bench bench;

    ReadRows(Bench bench) {
        this.bench = bench;
    }

    @Override
    public String letter() {
        return "b";
    }

    @Override
    public String title() {
        return "(b) Read a resource, warm";
    }

    @Override
    public List<Line> measure() throws IOException, InterruptedException {
        String project = bench.project("read");
        List<GitByHand> terminals = new ArrayList<>();
        try (WrittenProject written = WrittenProject.open(bench, project, "read")) {
            written.write(0);
            written.upstream().fetch();
            for (int i = 0; i < READERS; i++) {
                terminals.add(written.upstream().beside());
            }
            List<Line> lines = measure(project, written.upstream().head(Bench.STAGE), terminals);
            mustSeeWhatOthersPush(project, written.upstream());
            return lines;
        } finally {
            terminals.forEach(GitByHand::close);
        }
    }

    private List<Line> measure(String project, String commit, List<GitByHand> terminals) {
        String expected = WrittenProject.content("read", 0, 1);
        Work fresh = (client, turn) -> mustBe(expected, bench.resources().read(project, Bench.STAGE, PATH));
        Work byId = (client, turn) -> mustBe(expected, bench.resources().readAt(project, Bench.STAGE, commit, PATH));
        Work git = (client, turn) ->
                mustBe(expected.stripTrailing(), terminals.get(client).read(Bench.STAGE, PATH));
        int reads = bench.scale().reads();
        int gits = Math.max(2, reads / READERS);
        IntFunction<Run> gitAlone = round -> ClosedLoop.alone(bench.scale().single(), git);
        IntFunction<Run> gitAbreast = round -> ClosedLoop.run(READERS, gits, git);

        ClosedLoop.run(READERS, reads, fresh);
        ClosedLoop.run(READERS, reads, byId);
        Interleaved freshToAlone = rounds(round -> ClosedLoop.run(READERS, reads, fresh), gitAlone);
        Interleaved freshToAbreast = rounds(round -> ClosedLoop.run(READERS, reads, fresh), gitAbreast);
        Interleaved oneFresh = rounds(round -> ClosedLoop.alone(reads, fresh), gitAlone);
        Interleaved oneById = rounds(round -> ClosedLoop.alone(reads, byId), gitAlone);
        Interleaved manyById = rounds(round -> ClosedLoop.run(READERS, reads, byId), gitAbreast);
        return List.of(
                Line.byRate(
                        "by branch, 16 clients",
                        freshToAlone.ours(),
                        "1 git",
                        freshToAlone.beside(),
                        Optional.of(Goal.rateAtLeast(ALONE_GOAL, freshToAlone.ours(), freshToAlone.beside()))),
                Line.byRate(
                        "by branch, 16 clients",
                        freshToAbreast.ours(),
                        "16 gits",
                        freshToAbreast.beside(),
                        Optional.of(Goal.rateAtLeast(ABREAST_GOAL, freshToAbreast.ours(), freshToAbreast.beside()))),
                Line.byTime("by branch, 1 client", oneFresh.ours(), "1 git", oneFresh.beside(), Optional.empty()),
                Line.byTime(
                        "by commit id, 1 client",
                        oneById.ours(),
                        "1 git",
                        oneById.beside(),
                        Optional.of(Goal.medianAtMost(BY_ID_GOAL, oneById.ours()))),
                Line.byRate(
                        "by commit id, 16 clients", manyById.ours(), "16 gits", manyById.beside(), Optional.empty()));
    }

    private Interleaved rounds(IntFunction<Run> ours, IntFunction<Run> beside) {
        Interleaved both = Interleaved.rounds(bench.scale().rounds(), ours, beside);
        bench.say("read: " + both.ours() + " | git: " + both.beside());
        return both;
    }

    /** Warm answers are fresh answers: what somebody pushes is in the next one. */
    private void mustSeeWhatOthersPush(String project, GitByHand pusher) throws IOException, InterruptedException {
        pusher.run("git reset -q --hard origin/" + Bench.STAGE);
        for (int i = 0; i < bench.scale().single(); i++) {
            String pushed = "pushed: " + i;
            pusher.write(PATH, pushed);
            mustBe(pushed, bench.resources().read(project, Bench.STAGE, PATH));
        }
    }

    private static void mustBe(String expected, String read) {
        VoidRun.unless(expected.equals(read), "read what does not stand there: " + read);
    }
}
