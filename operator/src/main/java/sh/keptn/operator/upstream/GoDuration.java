package sh.keptn.operator.upstream;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sh.keptn.core.error.KeptnException;

/** Durations as Kubernetes resources write them: Go's form, such as {@code 1h30m} or {@code 500ms}. */
final class GoDuration {
    private static final Pattern PART = Pattern.compile("\\G([0-9]{1,6})(ms|s|m|h)");

    private GoDuration() {}

    /**
     * @throws KeptnException {@code Invalid} naming the field
     */
    static Duration parse(String field, String text) {
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
        if (end == 0 || end < text.length()) {
            throw KeptnException.invalid(field, "must be a duration such as 30s or 1h30m");
        }
        return sum;
    }
}
