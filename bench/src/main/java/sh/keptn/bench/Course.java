package sh.keptn.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import sh.keptn.bench.git.Hosting;
import sh.keptn.bench.measure.ClosedLoop;
import sh.keptn.bench.measure.Figure;
import sh.keptn.bench.report.Line;
import sh.keptn.bench.report.Report;

/**
 * One section after another. The server's raw answer is timed before and after each; a section during which it moved is
 * measured once more, and one that stays unsteady is reported as that.
 */
final class Course {
    private static final double STEADY = 1.2;
    private static final int TRIES = 2;
    private static final int WARM_CLIENTS = 8;
    private static final int WARM_TURNS = 60;

    private final Bench bench;
    private final Report report;
    private final Look look;

    /** A look at the system after each section. */
    interface Look {
        Look NONE = section -> {};

        void after(Rows section) throws IOException;
    }

    Course(Bench bench, Report report, Look look) {
        this.bench = bench;
        this.report = report;
        this.look = look;
    }

    /** Measures the sections whose letters are given. */
    void run(List<Rows> sections, String letters) throws IOException, InterruptedException {
        Hosting.Repository raw = warmUp();
        for (Rows section : sections) {
            if (letters.contains(section.letter())) {
                bench.say("== " + section.title());
                report.add(section.title(), steadily(section, raw));
                look.after(section);
            }
        }
    }

    /** Code that was never run before is slow on either side of any comparison; this is what every section comes after. */
    private Hosting.Repository warmUp() throws IOException, InterruptedException {
        String project = bench.project("warm");
        try (WrittenProject written = WrittenProject.open(bench, project, "warm")) {
            ClosedLoop.run(WARM_CLIENTS, WARM_TURNS, (client, turn) -> {
                written.write(client);
                bench.resources().read(project, Bench.STAGE, "bench/" + client + ".yaml");
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
            if (moved <= STEADY || attempt == TRIES || !section.repeatable()) {
                report.remark(floor + (moved <= STEADY ? "" : ": **unsteady, these figures are not to be trusted**"));
                return lines;
            }
            bench.say("unsteady: measured once more");
        }
    }
}
