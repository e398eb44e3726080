package sh.keptn.bench;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sh.keptn.bench.cluster.Cluster;
import sh.keptn.bench.cluster.RolloutWatch;
import sh.keptn.bench.git.GitByHand;
import sh.keptn.bench.git.Hosting;
import sh.keptn.bench.measure.Figure;
import sh.keptn.bench.process.LocalSystem;
import sh.keptn.bench.process.Processor;
import sh.keptn.bench.report.Goal;
import sh.keptn.bench.report.Line;
import sh.keptn.crds.project.GitSpec;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.KeptnProjectSpec;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.crds.service.KeptnServiceSpec;

/**
 * Many projects with three stages and many services each, from their resources being applied until everything that their
 * upstreams hold runs and is healthy; then one change in the midst of them, and what it costs to keep them.
 */
final class FleetRows implements Rows {
    private static final List<String> STAGES = List.of(Bench.STAGE, "hardening", "production");
    private static final String NAMESPACE = "keptn";
    private static final String OPERATOR = "operator";
    private static final int APPLIERS = 4;
    private static final double GOAL_FIRST_STAGE = 120;
    private static final double GOAL_ALL = 300;
    private static final double GOAL_MEGABYTES = 700;
    private static final Duration CALM = Duration.ofMinutes(1);

    private final Bench bench;
    private final Cluster cluster;
    private final LocalSystem system;

    FleetRows(Bench bench, Cluster cluster, LocalSystem system) {
        this.bench = bench;
        this.cluster = cluster;
        this.system = system;
    }

    @Override
    public String letter() {
        return "h";
    }

    @Override
    public String title() {
        return "(h) A fleet of services";
    }

    @Override
    public boolean repeatable() {
        return false;
    }

    @Override
    public List<Line> measure() throws IOException, InterruptedException {
        String fleet = bench.name("fleet");
        List<HasMetadata> resources = new ArrayList<>();
        for (int i = 0; i < bench.scale().fleet(); i++) {
            resources.addAll(project(fleet + "-" + i));
        }
        int services = bench.scale().fleet() * bench.scale().each();
        bench.say(services + " services are upstream");
        Processor before = system.processor(OPERATOR);
        long begin = System.nanoTime();
        cluster.applyAll(resources, APPLIERS);
        Duration first;
        Duration all;
        try (ReadyDeployments ready = new ReadyDeployments(cluster, NAMESPACE, fleet, bench::say)) {
            first = ready.await(Bench.STAGE, services, begin);
            all = ready.await("", services * STAGES.size(), begin);
        }
        double spent = system.processor(OPERATOR).used().minus(before.used()).toMillis() / 1000.0;
        double peak = system.footprint(OPERATOR).peak();
        double change = change(fleet + "-" + bench.scale().fleet() / 2);
        Processor calm = system.processor(OPERATOR);
        Thread.sleep(CALM);
        double idle = system.processor(OPERATOR).share(calm, CALM) * 100;
        return List.of(
                Line.alone(
                        services + " services, resources applied to Ready, one stage",
                        seconds(first),
                        Optional.of(Goal.below(GOAL_FIRST_STAGE, first.toMillis() / 1000.0, "s"))),
                Line.alone(
                        services * STAGES.size() + " deployments, all stages",
                        seconds(all),
                        Optional.of(Goal.below(GOAL_ALL, all.toMillis() / 1000.0, "s"))),
                Line.alone("processor time of the operator for it", Figure.of(spent) + " s", Optional.empty()),
                Line.alone(
                        "operator, resident at most",
                        Figure.of(peak) + " MB",
                        Optional.of(Goal.below(GOAL_MEGABYTES, peak, "MB"))),
                Line.alone(
                        "one change among them, push answered to ReplicaSet",
                        Figure.of(change) + " ms",
                        Optional.empty()),
                Line.alone("the operator with nothing to do", Figure.of(idle) + " % of a core", Optional.empty()));
    }

    /** A project and its services as resources; everything that they name is upstream. */
    private List<HasMetadata> project(String name) throws IOException, InterruptedException {
        Hosting.Repository repository = bench.hosting().repository(name);
        fill(repository);
        List<HasMetadata> resources = new ArrayList<>();
        resources.add(new SecretBuilder()
                .withMetadata(metadata("git-credentials-" + name))
                .addToStringData("username", repository.user())
                .addToStringData("password", repository.token())
                .build());
        resources.add(resource(
                new KeptnProject(),
                name,
                new KeptnProjectSpec(
                        new GitSpec(repository.url(), null, null, null, null), null, null, null, false, null)));
        for (int i = 0; i < bench.scale().each(); i++) {
            String service = service(i);
            resources.add(
                    resource(new KeptnService(), name + "." + service, new KeptnServiceSpec(name, service, null)));
        }
        return resources;
    }

    private void fill(Hosting.Repository repository) throws IOException {
        try (GitByHand git = GitByHand.init(repository, bench.room("fleet"))) {
            Path folder = git.folder();
            StringBuilder shipyard = new StringBuilder("""
                    apiVersion: spec.keptn.sh/0.2.3
                    kind: Shipyard
                    metadata:
                      name: fleet
                    spec:
                      stages:
                    """);
            STAGES.forEach(
                    stage -> shipyard.append("    - name: ").append(stage).append('\n'));
            Files.writeString(folder.resolve("shipyard.yaml"), shipyard);
            git.run("git add . && git commit -q -m shipyard");
            for (int i = 0; i < bench.scale().each(); i++) {
                Path service = Files.createDirectories(folder.resolve(service(i)));
                Files.writeString(service.resolve("values.yaml"), "image: " + image(i, 0) + "\n");
                Files.writeString(service.resolve("metadata.yaml"), "servicename: " + service(i) + "\n");
            }
            git.run("git checkout -q -b " + STAGES.getFirst() + " && git add . && git commit -q -m services");
            for (String stage : STAGES.subList(1, STAGES.size())) {
                git.run("git branch " + stage);
            }
            git.run("git push -q origin main " + String.join(" ", STAGES));
        }
    }

    /** Milliseconds from the answer of a push to its ReplicaSet. */
    private double change(String project) throws IOException, InterruptedException {
        try (GitByHand clone = bench.cloneOf(project);
                RolloutWatch watch = RolloutWatch.of(cluster, project + "-" + Bench.STAGE)) {
            String image = image(0, 1);
            clone.write(service(0) + "/values.yaml", "image: " + image + "\n");
            long answered = System.nanoTime();
            return Math.max(0, watch.of(image) - answered) / 1e6;
        }
    }

    private static String service(int i) {
        return "service-" + i;
    }

    private static String image(int service, int version) {
        return "registry.example.com/fleet/service-" + service + ":" + version;
    }

    private static String seconds(Duration duration) {
        return Figure.of(duration.toMillis() / 1000.0) + " s";
    }

    private static ObjectMeta metadata(String name) {
        return new ObjectMetaBuilder().withName(name).withNamespace(NAMESPACE).build();
    }

    private static <S, R extends CustomResource<S, ?>> R resource(R resource, String name, S spec) {
        resource.setMetadata(metadata(name));
        resource.setSpec(spec);
        return resource;
    }
}
