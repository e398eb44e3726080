package sh.keptn.core.git;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A commit's message: Keptn's own text as subject, and trailers that say on whose behalf it was made.
 *
 * @param trailers in their order; line breaks in values are folded into blanks
 */
public record CommitMessage(String subject, Map<String, String> trailers) {
    public CommitMessage {
        trailers = Collections.unmodifiableMap(new LinkedHashMap<>(trailers));
    }

    public CommitMessage(String subject) {
        this(subject, Map.of());
    }

    /** The text as Git stores it; without trailers the subject alone, as Keptn writes it. */
    public String text() {
        if (trailers.isEmpty()) {
            return subject;
        }
        return subject
                + trailers.entrySet().stream()
                        .map(trailer -> trailer.getKey() + ": "
                                + trailer.getValue().replaceAll("\\s+", " ").strip())
                        .collect(Collectors.joining("\n", "\n\n", "\n"));
    }
}
