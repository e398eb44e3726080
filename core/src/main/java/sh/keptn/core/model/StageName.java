package sh.keptn.core.model;

import sh.keptn.core.error.KeptnException;

/**
 * A stage's name, by Keptn's rule for project names, at most {@value #MAX_LENGTH} characters so that it fits a label.
 * In the branch layout it is also the name of the stage's branch.
 */
public record StageName(String value) implements Comparable<StageName> {
    /** The limit of a Kubernetes label value. */
    public static final int MAX_LENGTH = 63;

    private static final int MAX_NAMESPACE = 63;

    public StageName {
        if (value.length() > MAX_LENGTH) {
            throw KeptnException.invalid("stage name", "has more than " + MAX_LENGTH + " characters");
        }
        if (!ProjectName.PATTERN.matcher(value).matches()) {
            throw KeptnException.invalid(
                    "stage name",
                    "'" + Printable.of(value) + "' must start with a lower-case letter, then hold only lower-case"
                            + " letters, digits and hyphens, and not end with a hyphen");
        }
    }

    /**
     * The namespace that the stage is deployed to unless the project names another: {@code <project>-<stage>} as in Keptn,
     * cut with 8 hex digits of its SHA-256 above 63 characters, which Keptn does not check.
     */
    public String namespace(ProjectName project) {
        return ShortHash.cut(project + "-" + value, MAX_NAMESPACE);
    }

    @Override
    public int compareTo(StageName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
