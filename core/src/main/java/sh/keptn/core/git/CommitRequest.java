package sh.keptn.core.git;

import java.util.List;
import java.util.Optional;

/**
 * What one commit should do to one branch.
 *
 * @param whenAbsent what to do if the branch does not exist in the upstream
 * @param preconditions all must hold on the head that is written on, else {@code PreconditionFailed} and nothing is stored
 * @param key by what the same write is known if it comes again: it then answers the commit that it made, and makes none
 */
public record CommitRequest(
        String branch,
        List<Change> changes,
        CommitMessage message,
        WhenAbsent whenAbsent,
        List<Precondition> preconditions,
        Optional<IdempotencyKey> key) {
    public CommitRequest {
        changes = List.copyOf(changes);
        preconditions = List.copyOf(preconditions);
    }

    public CommitRequest(String branch, List<Change> changes, CommitMessage message, WhenAbsent whenAbsent) {
        this(branch, changes, message, whenAbsent, List.of(), Optional.empty());
    }

    /** A commit on a branch that must exist. */
    public CommitRequest(String branch, List<Change> changes, CommitMessage message) {
        this(branch, changes, message, WhenAbsent.REFUSE);
    }

    /** The message of the commit, which carries the key if there is one. */
    public CommitMessage signedMessage() {
        return key.map(known -> message.with(known.trailers(changes))).orElse(message);
    }

    public enum WhenAbsent {
        /** The write is refused: {@code NotFound}. A deleted branch is never made again from a stale copy. */
        REFUSE,
        /** The branch is born with this commit as its root: how an empty upstream is initialised. */
        CREATE
    }
}
