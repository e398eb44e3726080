package sh.keptn.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import sh.keptn.bench.measure.ClosedLoop;
import sh.keptn.bench.measure.Figure;
import sh.keptn.bench.measure.Run;
import sh.keptn.bench.process.Footprint;
import sh.keptn.bench.process.Launch;
import sh.keptn.bench.process.LocalSystem;
import sh.keptn.bench.report.Goal;
import sh.keptn.bench.report.Line;

/**
 * The start of either process, from its making to the first ready answer, as {@code keptn-local} starts it but alone;
 * then {@code keptn-local up} as a whole. It leaves the system running, its processes new.
 */
final class StartRows implements Rows {
    private static final double START_GOAL_SECONDS = 1.5;

    private final LocalSystem system;
    private final Bench bench;

    StartRows(LocalSystem system, Bench bench) {
        this.system = system;
        this.bench = bench;
    }

    @Override
    public String letter() {
        return "f";
    }

    @Override
    public String title() {
        return "(f) Start";
    }

    /** The server whose answer is timed is itself new. */
    @Override
    public boolean repeatable() {
        return false;
    }

    @Override
    public List<Line> measure() throws IOException, InterruptedException {
        List<Line> lines = new ArrayList<>();
        for (String name : LocalSystem.KEPTN) {
            Launch launch = system.launch(name);
            system.end(name);
            lines.addAll(starts(name, launch));
        }
        Run up = ClosedLoop.alone(Math.max(2, bench.scale().starts() / 2), (client, turn) -> {
            system.down();
            long before = System.nanoTime();
            system.up();
            bench.say("up: " + (System.nanoTime() - before) / 1_000_000 + " ms");
        });
        lines.add(Line.alone(
                "`down` and `up` to ready, with the control plane",
                Figure.of(up.median() / 1000) + " s",
                Optional.empty()));
        return lines;
    }

    private List<Line> starts(String name, Launch launch) throws IOException, InterruptedException {
        double[] seconds = new double[bench.scale().starts()];
        Footprint footprint = new Footprint(0, 0);
        for (int i = 0; i < seconds.length; i++) {
            Launch.Started started = launch.once();
            seconds[i] = started.millis() / 1000;
            footprint = started.footprint();
        }
        Arrays.sort(seconds);
        double median = seconds[(seconds.length - 1) / 2];
        bench.say(name + " starts in " + Arrays.toString(seconds) + " s");
        return List.of(
                Line.alone(
                        name + ", process to ready, median of " + seconds.length,
                        Figure.of(median) + " s (" + Figure.of(seconds[0]) + " to "
                                + Figure.of(seconds[seconds.length - 1]) + ")",
                        Optional.of(Goal.below(START_GOAL_SECONDS, median, "s"))),
                Line.alone(name + ", resident when ready", Figure.of(footprint.resident()) + " MB", Optional.empty()));
    }
}
