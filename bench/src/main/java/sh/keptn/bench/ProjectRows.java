package sh.keptn.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sh.keptn.bench.git.GitByHand;
import sh.keptn.bench.measure.ClosedLoop;
import sh.keptn.bench.measure.Interleaved;
import sh.keptn.bench.measure.VoidRun;
import sh.keptn.bench.report.Line;

/**
 * A project with three stages is made, from the request to 201, which means Ready; its upstream is provisioned within
 * that time. Beside it, the same four branches are made and pushed by one {@code git push} to a repository that is
 * there already.
 */
final class ProjectRows implements Rows {
    private static final List<String> STAGES = List.of("dev", "hardening", "production");

    private final Bench bench;

    ProjectRows(Bench bench) {
        this.bench = bench;
    }

    @Override
    public String letter() {
        return "c";
    }

    @Override
    public String title() {
        return "(c) Make a project with three stages";
    }

    @Override
    public List<Line> measure() throws IOException, InterruptedException {
        List<String> made = new ArrayList<>();
        List<GitByHand> prepared = new ArrayList<>();
        int projects = bench.scale().projects();
        try {
            for (int i = 0; i < projects; i++) {
                prepared.add(GitByHand.init(bench.hosting().repository(bench.name("twin")), bench.room("project")));
            }
            bench.resources().createProject(bench.name("project"), STAGES);
            Interleaved both = Interleaved.rounds(
                    projects,
                    round -> ClosedLoop.alone(1, (client, turn) -> {
                        String name = bench.name("project");
                        bench.resources().createProject(name, STAGES);
                        made.add(name);
                    }),
                    round -> ClosedLoop.alone(1, (client, turn) -> push(prepared.get(round))));
            for (String name : made) {
                mustHaveItsBranches(name);
            }
            bench.say("project: " + both.ours() + " | git: " + both.beside());
            return List.of(Line.byTime("REST to Ready", both.ours(), "git", both.beside(), Optional.empty()));
        } finally {
            prepared.forEach(GitByHand::close);
        }
    }

    private static void push(GitByHand git) throws IOException {
        StringBuilder line = new StringBuilder("printf 'projectName: bench\\n' >metadata.yaml"
                + " && printf 'apiVersion: spec.keptn.sh/0.2.3\\n' >shipyard.yaml"
                + " && git add . && git commit -q -m 'initialized project'");
        for (String stage : STAGES) {
            line.append(" && git checkout -q -b ")
                    .append(stage)
                    .append(" main && git commit -q --allow-empty -m 'created stage: ");
            line.append(stage).append('\'');
        }
        git.run(line + " && git push -q origin main " + String.join(" ", STAGES));
    }

    private void mustHaveItsBranches(String project) throws IOException, InterruptedException {
        try (GitByHand look = GitByHand.init(bench.hosting().repository(project), bench.room("look"))) {
            String heads = look.run("git ls-remote --heads origin");
            for (String stage : STAGES) {
                VoidRun.unless(heads.contains("refs/heads/" + stage), project + " was answered and has no " + stage);
            }
        }
    }
}
