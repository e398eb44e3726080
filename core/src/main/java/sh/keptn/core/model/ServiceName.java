package sh.keptn.core.model;

import java.util.Locale;
import java.util.regex.Pattern;
import sh.keptn.core.error.KeptnException;

/**
 * A service's name: letters and digits, with dots, underscores and hyphens inside, at most {@value #MAX_LENGTH}
 * characters (Keptn's SERVICE_NAME_MAX_SIZE). It is also the name of the service's folder, and fits a label value.
 */
public record ServiceName(String value) implements Comparable<ServiceName> {
    public static final int MAX_LENGTH = 43;

    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?");
    private static final Pattern DNS_1123_SUBDOMAIN =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
    private static final int MAX_RESOURCE_NAME = 253;

    public ServiceName {
        if (value.length() > MAX_LENGTH) {
            throw KeptnException.invalid("service name", "has more than " + MAX_LENGTH + " characters");
        }
        if (!PATTERN.matcher(value).matches()) {
            throw KeptnException.invalid(
                    "service name",
                    "must hold only letters, digits, dots, underscores and hyphens, and start and end with a letter"
                            + " or digit");
        }
    }

    /** Whether the text could be a service's name. */
    public static boolean isValid(String text) {
        return text.length() <= MAX_LENGTH && PATTERN.matcher(text).matches();
    }

    /**
     * The name of the KeptnService resource: {@code <project>.<service>} where that is a DNS-1123 subdomain, else
     * {@code <project>.<slug>-<8 hex of the service's SHA-256>}. A project's name holds no dot, so two never collide.
     */
    public String resourceName(ProjectName project) {
        return below(project.value());
    }

    /**
     * The name of the KeptnServiceDeployment resource: {@code <project>.<stage>.<service>}, by the same rule. Where the
     * project and the stage leave no room, their part is cut with its hash.
     */
    public String deploymentName(ProjectName project, StageName stage) {
        return below(ShortHash.cut(project + "." + stage, MAX_RESOURCE_NAME - 1 - MAX_LENGTH));
    }

    private String below(String parent) {
        String plain = parent + "." + value;
        if (plain.length() <= MAX_RESOURCE_NAME
                && DNS_1123_SUBDOMAIN.matcher(plain).matches()) {
            return plain;
        }
        String slug =
                value.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-").replaceAll("^-+|-+$", "");
        int room = MAX_RESOURCE_NAME - parent.length() - 1 - ShortHash.LENGTH - 1;
        String cut = slug.substring(0, Math.min(slug.length(), room));
        return parent + "." + cut + "-" + ShortHash.of(value);
    }

    @Override
    public int compareTo(ServiceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
