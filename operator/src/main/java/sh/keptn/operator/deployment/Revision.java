package sh.keptn.operator.deployment;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sh.keptn.core.model.CommitId;

/** A commit and the branch that it was found on: {@code dev@sha1:<id>}. */
record Revision(String branch, CommitId commit) {
    private static final String ID = "@sha1:";
    private static final int SHORT = 7;

    /** Reads a status; empty if there is nothing to read. */
    static Optional<Revision> parse(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        int at = text.lastIndexOf(ID);
        String id = at < 0 ? "" : text.substring(at + ID.length());
        return CommitId.isValid(id)
                ? Optional.of(new Revision(text.substring(0, at), new CommitId(id)))
                : Optional.empty();
    }

    /** As statuses hold it. */
    String text() {
        return commit.revision(branch);
    }

    /** As messages show it: with the first seven digits. */
    @Override
    public String toString() {
        return branch + ID + commit.value().substring(0, SHORT);
    }
}
