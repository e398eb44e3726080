package sh.keptn.operator.health;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Why pods do not come up, in the words of the kubelet and the scheduler. */
final class PodReasons {
    private static final Set<String> EARLY = Set.of("ContainerCreating", "PodInitializing");
    private static final int MAX_MESSAGE = 300;

    private PodReasons() {}

    /** The first reason that says more than that a pod is being started. */
    static Optional<String> first(List<GenericKubernetesResource> pods) {
        return pods.stream().map(PodReasons::of).flatMap(Optional::stream).findFirst();
    }

    static Optional<String> of(GenericKubernetesResource pod) {
        Fields status = Fields.of(pod).in("status");
        String name = "pod " + pod.getMetadata().getName() + ": ";
        Optional<String> container = Stream.concat(
                        status.all("initContainerStatuses").stream(), status.all("containerStatuses").stream())
                .map(PodReasons::container)
                .flatMap(Optional::stream)
                .findFirst();
        if (container.isPresent()) {
            return container.map(words -> name + words);
        }
        Optional<Fields> scheduled = status.condition("PodScheduled").filter(condition -> condition.is("False"));
        if (scheduled.isPresent()) {
            return Optional.of(name + cut(scheduled.get().words("cannot be scheduled")));
        }
        if ("Failed".equals(status.text("phase", ""))) {
            return Optional.of(name + cut(status.words("failed")));
        }
        boolean runs = "Running".equals(status.text("phase", ""));
        return runs
                ? status.condition("Ready")
                        .filter(ready -> ready.is("False"))
                        .map(ready -> name + "runs but is not ready: " + cut(ready.words("its probe fails")))
                : Optional.empty();
    }

    private static Optional<String> container(Fields container) {
        String name = container.text("name", "?");
        Fields waiting = container.in("state").in("waiting");
        if (!waiting.isEmpty() && !EARLY.contains(waiting.text("reason", ""))) {
            String reason = waiting.text("reason", "Waiting");
            return Optional.of(
                    switch (reason) {
                        case "ImagePullBackOff", "ErrImagePull", "InvalidImageName", "ErrImageNeverPull" ->
                            reason + " of " + container.text("image", "its image")
                                    + waiting.text("message")
                                            .map(PodReasons::cut)
                                            .map(": "::concat)
                                            .orElse("");
                        case "CrashLoopBackOff" ->
                            reason + " of container " + name
                                    + ended(container.in("lastState").in("terminated"));
                        default ->
                            reason + " of container " + name
                                    + waiting.text("message")
                                            .map(PodReasons::cut)
                                            .map(": "::concat)
                                            .orElse("");
                    });
        }
        Fields terminated = container.in("state").in("terminated");
        return terminated.isEmpty() || terminated.number("exitCode", 0) == 0
                ? Optional.empty()
                : Optional.of("container " + name + " ended" + ended(terminated));
    }

    private static String ended(Fields terminated) {
        if (terminated.isEmpty()) {
            return "";
        }
        String reason = terminated.text("reason", "Error");
        return ": " + reason + ", exit code " + terminated.number("exitCode", 0)
                + terminated
                        .text("message")
                        .map(PodReasons::cut)
                        .map(", "::concat)
                        .orElse("");
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= MAX_MESSAGE ? line : line.substring(0, MAX_MESSAGE) + "…";
    }
}
