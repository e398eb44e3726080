package sh.keptn.bench;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import sh.keptn.bench.measure.Figure;
import sh.keptn.bench.process.Footprint;
import sh.keptn.bench.process.LocalSystem;
import sh.keptn.bench.report.Goal;
import sh.keptn.bench.report.Line;
import sh.keptn.bench.report.Report;

/** The memory of Keptn's processes, looked at between the sections. */
final class Memory implements Course.Look {
    private static final double GOAL_MEGABYTES = 256;
    private static final String TITLE = "Resident memory";

    private final LocalSystem system;
    private final Report report;

    Memory(LocalSystem system, Report report) {
        this.system = system;
        this.report = report;
    }

    /** Notes how the processes run, which decides what they hold. */
    void settings() throws IOException {
        for (String name : LocalSystem.KEPTN) {
            report.remark(name + " runs with `" + system.launch(name).options() + "`");
            report.add(
                    TITLE,
                    List.of(Line.alone(
                            name + ", before anything was asked",
                            Figure.of(system.footprint(name).resident()) + " MB",
                            Optional.empty())));
        }
    }

    @Override
    public void after(Rows section) throws IOException {
        if (section instanceof StartRows) {
            return;
        }
        for (String name : LocalSystem.KEPTN) {
            Footprint footprint = system.footprint(name);
            report.add(
                    TITLE,
                    List.of(Line.alone(
                            name + ", at most, up to the end of (" + section.letter() + ")",
                            Figure.of(footprint.peak()) + " MB",
                            Optional.of(Goal.below(GOAL_MEGABYTES, footprint.peak(), "MB")))));
        }
    }
}
