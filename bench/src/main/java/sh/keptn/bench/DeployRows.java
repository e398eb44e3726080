package sh.keptn.bench;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import sh.keptn.bench.cluster.Cluster;
import sh.keptn.bench.cluster.RolloutWatch;
import sh.keptn.bench.git.GitByHand;
import sh.keptn.bench.git.Shell;
import sh.keptn.bench.measure.ClosedLoop;
import sh.keptn.bench.measure.Interleaved;
import sh.keptn.bench.measure.Run;
import sh.keptn.bench.report.Goal;
import sh.keptn.bench.report.Line;

/**
 * A new image, until the ReplicaSet that rolls it out is seen: by {@code git push} of one line in values.yaml, which the
 * Git server announces by webhook; beside it, {@code kubectl apply} of the same Deployment.
 */
final class DeployRows implements Rows {
    private static final double GOAL_MILLIS = 300;
    private static final String SERVICE = "carts";

    private final Bench bench;
    private final Cluster cluster;
    private int tag;

    DeployRows(Bench bench, Cluster cluster) {
        this.bench = bench;
        this.cluster = cluster;
    }

    @Override
    public String letter() {
        return "g";
    }

    @Override
    public String title() {
        return "(g) Deploy a new image";
    }

    @Override
    public List<Line> measure() throws IOException, InterruptedException {
        String project = bench.project("deploy");
        String namespace = project + "-" + Bench.STAGE;
        String beside = bench.name("apply");
        cluster.namespace(beside);
        Path manifest = bench.room("manifest");
        try (GitByHand clone = bench.cloneOf(project);
                RolloutWatch pushed = RolloutWatch.of(cluster, namespace);
                RolloutWatch applied = RolloutWatch.of(cluster, beside);
                Shell terminal = Shell.in(bench.folder())) {
            push(clone, pushed);
            Deployment template = like(namespace, beside);
            terminal.run("export KUBECONFIG=" + cluster.kubeconfig());
            apply(terminal, manifest, template, applied);
            Moments moments = new Moments(bench.scale().rounds() * bench.scale().rollouts());
            Interleaved both = Interleaved.rounds(
                    bench.scale().rounds(),
                    round -> rollouts(() -> moments.add(push(clone, pushed))),
                    round -> rollouts(() -> apply(terminal, manifest, template, applied)));
            Run announced = moments.run();
            bench.say("push: " + both.ours() + " | announced: " + announced + " | kubectl: " + both.beside());
            return List.of(
                    Line.byTime(
                            "`git push` begins, to its ReplicaSet",
                            both.ours(),
                            "kubectl apply",
                            both.beside(),
                            Optional.empty()),
                    Line.alone(
                            "`git push` is answered, to its ReplicaSet",
                            announced.toString(),
                            Optional.of(Goal.medianAtMost(GOAL_MILLIS, announced))));
        }
    }

    /** One rollout; nanoseconds from the answer of its command to its ReplicaSet. */
    @FunctionalInterface
    private interface Rollout {
        long once() throws IOException, InterruptedException;
    }

    private Run rollouts(Rollout rollout) {
        return ClosedLoop.alone(bench.scale().rollouts(), (client, turn) -> rollout.once());
    }

    /** 0 if the ReplicaSet was seen before the answer of the push. */
    private long push(GitByHand clone, RolloutWatch watch) throws IOException, InterruptedException {
        String image = image();
        Path values = clone.folder().resolve(SERVICE).resolve("values.yaml");
        Files.createDirectories(values.resolveSibling("."));
        Files.writeString(values, "image: " + image + "\n");
        clone.run("git add " + SERVICE + " && git commit -q -m 'Deploy " + image + "' && git push -q origin HEAD");
        long answered = System.nanoTime();
        return Math.max(0, watch.of(image) - answered);
    }

    private long apply(Shell terminal, Path manifest, Deployment template, RolloutWatch watch)
            throws IOException, InterruptedException {
        String image = image();
        Deployment wanted = new DeploymentBuilder(template)
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withImage(image)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
        Files.writeString(manifest, Serialization.asYaml(wanted));
        terminal.run("kubectl apply -f " + manifest + " >/dev/null");
        long answered = System.nanoTime();
        return Math.max(0, watch.of(image) - answered);
    }

    private String image() {
        return "registry.example.com/shop/" + SERVICE + ":" + ++tag;
    }

    /** The Deployment that Keptn made, as somebody would write it for another namespace. */
    private Deployment like(String namespace, String other) {
        Deployment made = Objects.requireNonNull(cluster.client()
                .apps()
                .deployments()
                .inNamespace(namespace)
                .withName(SERVICE)
                .waitUntilReady(Duration.ofSeconds(60).toSeconds(), TimeUnit.SECONDS));
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(SERVICE)
                .withNamespace(other)
                .endMetadata()
                .withSpec(made.getSpec())
                .build();
    }
}
