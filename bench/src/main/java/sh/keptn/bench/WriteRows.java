package sh.keptn.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sh.keptn.bench.git.GitByHand;
import sh.keptn.bench.measure.ClosedLoop;
import sh.keptn.bench.measure.Interleaved;
import sh.keptn.bench.report.Goal;
import sh.keptn.bench.report.Line;

/**
 * A resource is written: by one client, by many on one stage, by some on several projects. Beside it, one clone where
 * the same file is fetched, committed and pushed, one after another.
 */
final class WriteRows implements Rows {
    private static final double SINGLE_GOAL = 0.7;
    private static final double SHARED_GOAL = 8;
    private static final double CROWD_GOAL = 25;
    private static final int SHARED = 16;
    private static final int CROWD = 128;
    private static final int PROJECTS = 4;

    private final Bench bench;

    WriteRows(Bench bench) {
        this.bench = bench;
    }

    @Override
    public String letter() {
        return "a";
    }

    @Override
    public String title() {
        return "(a) Write a resource";
    }

    @Override
    public List<Line> measure() throws IOException, InterruptedException {
        List<Line> lines = new ArrayList<>();
        Scale scale = bench.scale();
        Interleaved single = measure("one", 1, 1, scale.single());
        lines.add(Line.byTime(
                "1 client",
                single.ours(),
                "git",
                single.beside(),
                Optional.of(Goal.timeAtMost(SINGLE_GOAL, single.ours(), single.beside()))));
        Interleaved shared = measure("shared", 1, SHARED, scale.shared());
        lines.add(Line.byRate(
                "16 clients, one stage",
                shared.ours(),
                "git",
                shared.beside(),
                Optional.of(Goal.rateAtLeast(SHARED_GOAL, shared.ours(), shared.beside()))));
        Interleaved crowd = measure("crowd", 1, CROWD, scale.crowd());
        lines.add(Line.byRate(
                "128 clients, one stage",
                crowd.ours(),
                "git",
                crowd.beside(),
                Optional.of(Goal.rateAtLeast(CROWD_GOAL, crowd.ours(), crowd.beside()))));
        Interleaved spread = measure("spread", PROJECTS, SHARED, scale.shared());
        lines.add(Line.byRate("16 clients, 4 projects", spread.ours(), "git", spread.beside(), Optional.empty()));
        return lines;
    }

    private Interleaved measure(String purpose, int projects, int clients, int turns)
            throws IOException, InterruptedException {
        List<WrittenProject> written = new ArrayList<>();
        try {
            for (int i = 0; i < projects; i++) {
                written.add(WrittenProject.open(bench, bench.project(purpose), purpose));
            }
            try (GitByHand git = bench.cloneOf(bench.twin(written.getFirst().upstream()))) {
                String base = git.head(Bench.STAGE);
                List<String> pushes = new ArrayList<>();
                ClosedLoop.run(
                        clients,
                        2,
                        (client, turn) -> written.get(client % projects).write(client));
                Interleaved both = Interleaved.rounds(
                        bench.scale().rounds(),
                        round -> ClosedLoop.run(
                                clients,
                                turns,
                                (client, turn) -> written.get(client % projects).write(client)),
                        round -> ClosedLoop.alone(bench.scale().single(), (client, turn) -> {
                            git.write("bench/0.yaml", WrittenProject.content(purpose, 0, pushes.size()));
                            pushes.add("");
                        }));
                for (WrittenProject project : written) {
                    project.mustBeUpstream();
                }
                git.mustHold(Bench.STAGE, base, pushes);
                bench.say(purpose + ": " + both.ours() + " | git: " + both.beside());
                return both;
            }
        } finally {
            written.forEach(WrittenProject::close);
        }
    }
}
