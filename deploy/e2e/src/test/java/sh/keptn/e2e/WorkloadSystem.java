package sh.keptn.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A running system whose workloads are looked at: containers on a real node where this machine can run one, and pods that are
 * only simulated where it cannot. The same test runs on both; what only containers can show, it asks {@link #containersRun}.
 */
final class WorkloadSystem implements AutoCloseable {
    private static final String IMAGE = "keptn.local/web";
    private static final String SERVICE_LABEL = "kubernetes.io/service-name";

    private final LocalSystem system;
    private final boolean containersRun;

    private WorkloadSystem(LocalSystem system, boolean containersRun) {
        this.system = system;
        this.containersRun = containersRun;
    }

    /** Starts it, and says which of the two it is. */
    static WorkloadSystem up(Path state) {
        Command probe = Command.run(
                LocalSystem.checkoutRoot(), Map.of(), Duration.ofMinutes(1), "./keptn-local", "node", "probe");
        if (probe.exitCode() == 0) {
            System.out.println("The workloads of this test are containers on a real node.");
            return new WorkloadSystem(LocalSystem.upOnANode(state), true);
        }
        System.out.println(
                "No container runs in this test: its node is simulated, for this machine cannot run a real one:\n"
                        + probe.output().strip().indent(2));
        return new WorkloadSystem(LocalSystem.upWithoutSample(state), false);
    }

    LocalSystem system() {
        return system;
    }

    /** Whether images are really started, and can really fail. */
    boolean containersRun() {
        return containersRun;
    }

    /**
     * Makes an image of a web server that answers {@code hello VERSION} on port 8080, and puts it onto the node; one whose
     * version begins with {@code crash} ends as soon as it is started. Answers the image's name.
     */
    String webImage(Path folder, String version) {
        String name = IMAGE + ":" + version;
        if (containersRun) {
            system.shell(system.checkout(), """
                    program=%1$s/web-%2$s
                    env -u GOFLAGS CGO_ENABLED=0 GOWORK=off go build -trimpath -ldflags '-s -w -X main.version=%2$s' \
                      -o "$program" deploy/e2e/src/test/images/web/main.go
                    deploy/local/node/pack %3$s "$program" "$program.tar"
                    ./keptn-local node load "$program.tar"
                    """.formatted(folder, version, name))
                    .succeeded();
        }
        return name;
    }

    /**
     * What a service answers at its cluster IP, asked from the node. On a simulated node it is what the pods behind it would
     * answer by their images. Empty if nothing answers.
     */
    Optional<String> ask(String namespace, String service) {
        return containersRun ? curl(namespace, service) : imagesBehind(namespace, service);
    }

    private Optional<String> curl(String namespace, String service) {
        var found = system.kubernetes()
                .services()
                .inNamespace(namespace)
                .withName(service)
                .get();
        if (found == null) {
            return Optional.empty();
        }
        String address = "http://" + found.getSpec().getClusterIP() + ":"
                + found.getSpec().getPorts().getFirst().getPort() + "/";
        Command curl = system.keptnLocal("node", "run", "curl", "-sS", "--fail", "--max-time", "5", address);
        return Optional.of(curl)
                .filter(command -> command.exitCode() == 0)
                .map(command -> command.output().strip());
    }

    private Optional<String> imagesBehind(String namespace, String service) {
        List<String> ready = system
                .kubernetes()
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(namespace)
                .withLabel(SERVICE_LABEL, service)
                .list()
                .getItems()
                .stream()
                .flatMap(slice -> Stream.ofNullable(slice.getEndpoints()).flatMap(List::stream))
                .filter(endpoint -> Boolean.TRUE.equals(endpoint.getConditions().getReady()))
                .map(Endpoint::getTargetRef)
                .map(target -> system.kubernetes()
                        .pods()
                        .inNamespace(namespace)
                        .withName(target.getName())
                        .get())
                .filter(Objects::nonNull)
                .map(WorkloadSystem::version)
                .distinct()
                .toList();
        return ready.isEmpty()
                ? Optional.empty()
                : Optional.of(ready.stream().map(version -> "hello " + version).collect(Collectors.joining("\n")));
    }

    private static String version(Pod pod) {
        String image = pod.getSpec().getContainers().getFirst().getImage();
        return image.substring(image.lastIndexOf(':') + 1);
    }

    /** What of the node is still on this machine: links, control groups, processes and mounts, one a line. */
    List<String> left() {
        return system.shell(system.checkout(), """
                id=keptn$(printf %08x "$(printf %s "$KEPTN_LOCAL_STATE" | cksum | cut -d' ' -f1)")
                ip -o link show dev "$id" 2>/dev/null || true
                find /sys/fs/cgroup -maxdepth 2 -type d -name "$id"
                grep -l -F "/$id" /proc/[0-9]*/cgroup 2>/dev/null || true
                grep -l -F "$KEPTN_LOCAL_STATE/node" /proc/[0-9]*/mountinfo 2>/dev/null || true
                """).succeeded().lines().toList();
    }

    @Override
    public void close() {
        system.close();
    }
}
