package sh.keptn.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sh.keptn.bench.measure.ClosedLoop;
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
        List<GrownProject> projects = new ArrayList<>();
        try {
            projects.add(GrownProject.make(bench, 0, 0));
            projects.add(GrownProject.make(bench, SOME_FILES, 0));
            projects.add(GrownProject.make(bench, bench.scale().files(), 0));
            projects.add(GrownProject.make(bench, 0, bench.scale().commits()));
            List<Interleaved> measured = measure(projects);
            List<Line> lines = new ArrayList<>();
            for (int i = 0; i < projects.size(); i++) {
                projects.get(i).mustBeUpstream();
                lines.add(besideGit(projects.get(i).size(), measured.get(i)));
            }
            for (int i = 1; i < projects.size(); i++) {
                lines.add(besideSmall(
                        projects.get(i).size(),
                        measured.get(i).ours(),
                        measured.getFirst().ours()));
            }
            return lines;
        } finally {
            projects.forEach(GrownProject::close);
        }
    }

    /** All projects in turn in each round, so that whatever else the machine does meets all of them. */
    private List<Interleaved> measure(List<GrownProject> projects) {
        List<Interleaved> sums = new ArrayList<>();
        for (int round = 0; round < bench.scale().rounds(); round++) {
            for (int i = 0; i < projects.size(); i++) {
                GrownProject project = projects.get(i);
                Interleaved next = Interleaved.rounds(
                        1,
                        once -> ClosedLoop.alone(bench.scale().single(), (client, turn) -> project.write()),
                        once -> ClosedLoop.alone(bench.scale().single(), (client, turn) -> project.push()));
                if (round == 0) {
                    sums.add(next);
                } else {
                    sums.set(i, sums.get(i).plus(next));
                }
            }
        }
        return sums;
    }

    private Line besideGit(String size, Interleaved both) {
        bench.say(size + ": " + both.ours() + " | git: " + both.beside());
        Goal goal = Goal.timeAtMost(WRITE_GOAL, both.ours(), both.beside());
        return Line.byTime(size, both.ours(), "git", both.beside(), Optional.of(goal));
    }

    private static Line besideSmall(String size, Run grown, Run small) {
        Goal goal = Goal.timeAtMost(GROWTH_GOAL, grown, small);
        return Line.byTime(size, grown, "0 files", small, Optional.of(goal));
    }
}
