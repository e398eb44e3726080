package sh.keptn.api.resource;

import java.util.Optional;
import java.util.regex.Pattern;
import sh.keptn.core.error.KeptnException;

/** The {@code gitCommitID} of a request: a commit's full or short id, or the name of a branch. */
record Revision(String text) {
    private static final String FIELD = "gitCommitID";
    private static final int MAX_LENGTH = 200;
    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]*");

    Revision {
        boolean wellFormed = text.length() <= MAX_LENGTH
                && PATTERN.matcher(text).matches()
                && !text.contains("..")
                && !text.startsWith("refs/");
        if (!wellFormed) {
            throw KeptnException.invalid(FIELD, "must be a commit id of 7 to 40 hex digits, or a branch");
        }
    }

    /** Two quotes count as nothing, as in Keptn. */
    static Optional<Revision> of(Optional<String> parameter) {
        return parameter.filter(text -> !text.equals("\"\"")).map(Revision::new);
    }
}
