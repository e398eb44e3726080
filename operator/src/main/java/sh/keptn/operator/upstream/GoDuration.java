package sh.keptn.operator.upstream;

import java.time.Duration;
import sh.keptn.core.error.KeptnException;
import sh.keptn.crds.Durations;

/** A spec's duration, or the refusal that names its field. */
final class GoDuration {
    private GoDuration() {}

    /**
     * Reads a field of a spec.
     *
     * @throws KeptnException {@code Invalid} naming the field
     */
    static Duration parse(String field, String text) {
        return Durations.parse(text)
                .orElseThrow(() -> KeptnException.invalid(field, "must be a duration such as 30s or 1h30m"));
    }
}
