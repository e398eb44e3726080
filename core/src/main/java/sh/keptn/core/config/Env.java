package sh.keptn.core.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The environment of a process, read by name and type. An unset or blank variable gives the default; one that cannot be
 * read is a {@link ConfigurationException}, never a silent default.
 */
public final class Env {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})(B|Ki|Mi|Gi)?");

    private final Map<String, String> variables;

    public Env(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** The environment of this process: the only place that reads it. */
    public static Env ofProcess() {
        return new Env(System.getenv());
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    public String text(String name, String byDefault) {
        return text(name).orElse(byDefault);
    }

    public Optional<Secret> secret(String name) {
        return Optional.ofNullable(variables.get(name))
                .filter(value -> !value.isBlank())
                .map(Secret::new);
    }

    public Path path(String name, Path byDefault) {
        return text(name).map(Path::of).orElse(byDefault);
    }

    public int number(String name, int byDefault, int least, int most) {
        return text(name)
                .map(value -> {
                    try {
                        int number = Integer.parseInt(value);
                        if (number >= least && number <= most) {
                            return number;
                        }
                    } catch (NumberFormatException e) {
                        // The same answer as for a number out of range, below.
                    }
                    throw new ConfigurationException(
                            name, "'" + value + "' must be a whole number from " + least + " to " + most);
                })
                .orElse(byDefault);
    }

    public boolean flag(String name, boolean byDefault) {
        return text(name)
                .map(value -> switch (value.toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new ConfigurationException(name, "'" + value + "' must be true or false");
                })
                .orElse(byDefault);
    }

    /** A number and a unit: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}. */
    public Duration duration(String name, Duration byDefault) {
        return text(name)
                .map(value -> {
                    Matcher matcher = DURATION.matcher(value);
                    if (!matcher.matches()) {
                        throw new ConfigurationException(
                                name, "'" + value + "' must be a number with a unit of ms, s, m or h, such as 30s");
                    }
                    long amount = Long.parseLong(matcher.group(1));
                    return switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        default -> Duration.ofHours(amount);
                    };
                })
                .orElse(byDefault);
    }

    /** A size in bytes: {@code 512}, {@code 64Ki}, {@code 5Mi}, {@code 1Gi}. */
    public long bytes(String name, long byDefault) {
        return text(name)
                .map(value -> {
                    Matcher matcher = SIZE.matcher(value);
                    if (!matcher.matches()) {
                        throw new ConfigurationException(
                                name, "'" + value + "' must be a number of bytes, with Ki, Mi or Gi where wanted");
                    }
                    long amount = Long.parseLong(matcher.group(1));
                    String unit = Optional.ofNullable(matcher.group(2)).orElse("B");
                    return switch (unit) {
                        case "Ki" -> amount << 10;
                        case "Mi" -> amount << 20;
                        case "Gi" -> amount << 30;
                        default -> amount;
                    };
                })
                .orElse(byDefault);
    }

    /** One of an enum's constants, in any case. */
    public <E extends Enum<E>> E choice(String name, Class<E> type, E byDefault) {
        return text(name)
                .map(value -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> constant.name().equalsIgnoreCase(value))
                        .findFirst()
                        .orElseThrow(() -> new ConfigurationException(
                                name, "'" + value + "' must be one of " + Arrays.toString(type.getEnumConstants()))))
                .orElse(byDefault);
    }
}
