package sh.keptn.core.model;

import java.util.regex.Pattern;
import sh.keptn.core.error.KeptnException;

/** The full id of a Git commit: 40 lower-case hex digits. */
public record CommitId(String value) {
    private static final Pattern PATTERN = Pattern.compile("[0-9a-f]{40}");

    public CommitId {
        if (!PATTERN.matcher(value).matches()) {
            throw KeptnException.invalid("commit id", "must be 40 lower-case hex digits");
        }
    }

    public static boolean isValid(String text) {
        return PATTERN.matcher(text).matches();
    }

    /** The revision as statuses show it, Flux's form: {@code dev@sha1:<id>}. */
    public String revision(String branch) {
        return branch + "@sha1:" + value;
    }

    @Override
    public String toString() {
        return value;
    }
}
