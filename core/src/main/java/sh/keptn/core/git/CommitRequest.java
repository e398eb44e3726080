package sh.keptn.core.git;

import java.util.List;

/**
 * What one commit should do to one branch.
 *
 * @param whenAbsent what to do if the branch does not exist in the upstream
 */
public record CommitRequest(String branch, List<Change> changes, CommitMessage message, WhenAbsent whenAbsent) {
    public CommitRequest {
        changes = List.copyOf(changes);
    }

    /** A commit on a branch that must exist. */
    public CommitRequest(String branch, List<Change> changes, CommitMessage message) {
        this(branch, changes, message, WhenAbsent.REFUSE);
    }

    public enum WhenAbsent {
        /** The write is refused: {@code NotFound}. A deleted branch is never made again from a stale copy. */
        REFUSE,
        /** The branch is born with this commit as its root: how an empty upstream is initialised. */
        CREATE
    }
}
