package sh.keptn.core.model;

import java.util.regex.Pattern;
import sh.keptn.core.error.KeptnException;

/**
 * A project's name, by Keptn's rule: a lower-case letter, then lower-case letters, digits and hyphens, no hyphen last,
 * at most {@value #MAX_LENGTH} characters. It is also the name of the KeptnProject resource.
 */
public record ProjectName(String value) implements Comparable<ProjectName> {
    /** Keptn's PROJECT_NAME_MAX_SIZE. */
    public static final int MAX_LENGTH = 200;

    static final Pattern PATTERN = Pattern.compile("[a-z]([a-z0-9-]*[a-z0-9])?");

    public ProjectName {
        if (value.length() > MAX_LENGTH) {
            throw KeptnException.invalid("project name", "has more than " + MAX_LENGTH + " characters");
        }
        if (!PATTERN.matcher(value).matches()) {
            throw KeptnException.invalid(
                    "project name",
                    "must start with a lower-case letter, then hold only lower-case letters, digits and hyphens,"
                            + " and not end with a hyphen");
        }
    }

    /** Whether the text could be a project's name. */
    public static boolean isValid(String text) {
        return text.length() <= MAX_LENGTH && PATTERN.matcher(text).matches();
    }

    @Override
    public int compareTo(ProjectName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
