package sh.keptn.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Which changes of a resource are a question to us: not our own status, not an annotation that we wrote. */
public final class Changes {
    private Changes() {}

    /**
     * Whether an update asks for a pass: a new spec, a deletion, other finalizers, or a new value of one of the
     * annotations by which people ask for something.
     */
    public static boolean ask(HasMetadata now, HasMetadata before, Set<String> annotations) {
        return !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || !Objects.equals(
                        now.getMetadata().getDeletionTimestamp(),
                        before.getMetadata().getDeletionTimestamp())
                || !Objects.equals(
                        now.getMetadata().getFinalizers(), before.getMetadata().getFinalizers())
                || annotations.stream().anyMatch(annotation -> {
                    Optional<String> value = NameList.value(now, annotation);
                    return value.isPresent() && !value.equals(NameList.value(before, annotation));
                });
    }
}
