package sh.keptn.core.git;

import sh.keptn.core.model.CommitId;

/** What became of a write. Faults are exceptions; these are the answers that a caller must expect. */
public sealed interface CommitOutcome {
    /** The commit is in the upstream's branch. */
    record Committed(CommitId commit) implements CommitOutcome {}

    /** The branch holds all of it already; nothing was written. {@code head} is the branch's head. */
    record Unchanged(CommitId head) implements CommitOutcome {}

    /** A {@link Change.Delete} names what is not there; nothing was written. */
    record Absent(String path) implements CommitOutcome {}
}
