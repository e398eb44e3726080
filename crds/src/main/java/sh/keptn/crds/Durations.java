package sh.keptn.crds;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The durations of specs, in the form that the schema asks for: Go's, such as {@code 1h30m} or {@code 500ms}. */
public final class Durations {
    public static final String PATTERN = "^([0-9]{1,6}(ms|s|m|h)){1,4}$";

    private static final Pattern PART = Pattern.compile("\\G([0-9]{1,6})(ms|s|m|h)");

    private Durations() {}

    /** What the text says; empty if it is not in that form. */
    public static Optional<Duration> parse(String text) {
        Matcher part = PART.matcher(text);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (part.find()) {
            long amount = Long.parseLong(part.group(1));
            sum = sum.plus(
                    switch (part.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        default -> Duration.ofHours(amount);
                    });
            end = part.end();
        }
        return end == 0 || end < text.length() ? Optional.empty() : Optional.of(sum);
    }
}
