package sh.keptn.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sh.keptn.bench.git.Hosting;
import sh.keptn.bench.measure.ClosedLoop;
import sh.keptn.bench.measure.Figure;
import sh.keptn.bench.process.Footprint;
import sh.keptn.bench.process.LocalSystem;
import sh.keptn.bench.report.Goal;
import sh.keptn.bench.report.Line;
import sh.keptn.bench.report.Report;

/**
 * One section after another. The server's raw answer is timed before and after each; a section during which it moved is
 * measured once more, and one that stays unsteady is reported as that.
 */
final class Course {
    private static final double STEADY = 1.2;
    private static final int TRIES = 2;
    private static final double MEMORY_GOAL_MEGABYTES = 256;
    private static final int WARM_CLIENTS = 8;
    private static final int WARM_TURNS = 60;

    private final Bench bench;
    private final LocalSystem system;
    private final Report report;

    Course(Bench bench, LocalSystem system, Report report) {
        this.bench = bench;
        this.system = system;
        this.report = report;
    }

    /** Measures the sections whose letters are given. */
    void run(List<Rows> sections, String letters) throws IOException, InterruptedException {
        for (String name : LocalSystem.KEPTN) {
            report.remark(name + " runs with " + system.launch(name).options());
        }
        memory("before anything was asked", Optional.empty());
        Hosting.Repository raw = warmUp();
        for (Rows section : sections) {
            if (letters.contains(section.letter())) {
                bench.say("== " + section.title());
                report.add(section.title(), steadily(section, raw));
                if (section instanceof WriteRows) {
                    memory("at most, under the writes of (a)", Optional.of(MEMORY_GOAL_MEGABYTES));
                }
                if (section instanceof EventRows) {
                    memory("at most, after all of (a) to (e)", Optional.of(MEMORY_GOAL_MEGABYTES));
                }
            }
        }
    }

    /** Code that was never run before is slow on either side of any comparison; this is what every section comes after. */
    private Hosting.Repository warmUp() throws IOException, InterruptedException {
        String project = bench.project("warm");
        try (WrittenProject written = WrittenProject.open(bench, project, "warm")) {
            ClosedLoop.run(WARM_CLIENTS, WARM_TURNS, (client, turn) -> {
                written.write(client);
                bench.api().read(project, Bench.STAGE, "bench/" + client + ".yaml");
                bench.api().metadata();
            });
            written.mustBeUpstream();
        }
        return bench.hosting().repository(project);
    }

    private List<Line> steadily(Rows section, Hosting.Repository raw) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            double before = bench.hosting().floor(raw).median();
            List<Line> lines = section.measure();
            double after = bench.hosting().floor(raw).median();
            double moved = Math.max(before, after) / Math.min(before, after);
            String floor = String.format(
                    Locale.ROOT,
                    "%s: the server's raw info/refs took %s ms before and %s ms after",
                    section.title(),
                    Figure.of(before),
                    Figure.of(after));
            bench.say(floor);
            if (moved <= STEADY || attempt == TRIES) {
                report.remark(floor + (moved <= STEADY ? "" : ": **unsteady, these figures are not to be trusted**"));
                return lines;
            }
            bench.say("unsteady: measured once more");
        }
    }

    private void memory(String when, Optional<Double> most) throws IOException {
        for (String name : LocalSystem.KEPTN) {
            Footprint footprint = system.footprint(name);
            double figure = most.isPresent() ? footprint.peak() : footprint.resident();
            report.add(
                    "Resident memory",
                    List.of(Line.alone(
                            name + ", " + when,
                            Figure.of(figure) + " MB",
                            most.map(megabytes -> Goal.below(megabytes, figure, "MB")))));
        }
    }
}
