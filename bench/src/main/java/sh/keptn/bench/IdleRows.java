package sh.keptn.bench;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sh.keptn.bench.cluster.Cluster;
import sh.keptn.bench.measure.Figure;
import sh.keptn.bench.measure.VoidRun;
import sh.keptn.bench.process.LocalSystem;
import sh.keptn.bench.process.Processor;
import sh.keptn.bench.report.Goal;
import sh.keptn.bench.report.Line;
import sh.keptn.crds.project.GitSpec;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.KeptnProjectSpec;

/** Many projects that nobody works on: each upstream is asked for its heads every minute, and nothing is written. */
final class IdleRows implements Rows {
    private static final String NAMESPACE = "keptn";
    private static final String OPERATOR = "operator";
    private static final int APPLIERS = 4;
    private static final double GOAL_PERCENT = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration SETTLE = Duration.ofMinutes(1);
    private static final Duration CALM = Duration.ofMinutes(2);
    private static final String SHIPYARD = """
            apiVersion: spec.keptn.sh/0.2.3
            kind: Shipyard
            metadata:
              name: idle
            spec:
              stages:
                - name: dev
            """;

    private final Bench bench;
    private final Cluster cluster;
    private final LocalSystem system;

    IdleRows(Bench bench, Cluster cluster, LocalSystem system) {
        this.bench = bench;
        this.cluster = cluster;
        this.system = system;
    }

    @Override
    public String letter() {
        return "i";
    }

    @Override
    public String title() {
        return "(i) Idle projects";
    }

    @Override
    public boolean repeatable() {
        return false;
    }

    @Override
    public List<Line> measure() throws IOException, InterruptedException {
        String prefix = bench.name("idle") + "-";
        List<HasMetadata> projects = new ArrayList<>();
        for (int i = 0; i < bench.scale().idle(); i++) {
            KeptnProject project = new KeptnProject();
            project.setMetadata(new ObjectMetaBuilder()
                    .withName(prefix + i)
                    .withNamespace(NAMESPACE)
                    .build());
            project.setSpec(new KeptnProjectSpec(GitSpec.EMPTY, "1m", null, SHIPYARD, null, null));
            projects.add(project);
        }
        cluster.applyAll(projects, APPLIERS);
        awaitReady(prefix);
        Thread.sleep(SETTLE);
        String versions = versions(prefix);
        Processor before = system.processor(OPERATOR);
        Thread.sleep(CALM);
        double percent = system.processor(OPERATOR).share(before, CALM) * 100;
        VoidRun.unless(versions.equals(versions(prefix)), "something was written while nothing changed");
        return List.of(
                Line.alone(
                        "the operator with " + bench.scale().idle() + " projects that nobody works on, interval 1m",
                        Figure.of(percent) + " % of a core",
                        Optional.of(Goal.below(GOAL_PERCENT, percent, "% of a core"))),
                Line.alone(
                        "operator, resident",
                        Figure.of(system.footprint(OPERATOR).resident()) + " MB",
                        Optional.empty()));
    }

    private void awaitReady(String prefix) throws InterruptedException {
        long begin = System.nanoTime();
        while (true) {
            long ready = projects(prefix).stream()
                    .filter(project -> project.getStatus() != null
                            && project.getStatus().conditions().stream()
                                    .anyMatch(condition -> condition.getType().equals("Ready")
                                            && condition.getStatus().equals("True")))
                    .count();
            if (ready == bench.scale().idle()) {
                return;
            }
            bench.say(ready + " of " + bench.scale().idle() + " projects ready");
            VoidRun.unless(System.nanoTime() - begin < PATIENCE.toNanos(), "only " + ready + " projects became ready");
            Thread.sleep(PAUSE);
        }
    }

    private String versions(String prefix) {
        return projects(prefix).stream()
                .map(project -> project.getMetadata().getResourceVersion())
                .sorted()
                .toList()
                .toString();
    }

    private List<KeptnProject> projects(String prefix) {
        return cluster.client().resources(KeptnProject.class).inNamespace(NAMESPACE).list().getItems().stream()
                .filter(project -> project.getMetadata().getName().startsWith(prefix))
                .toList();
    }
}
