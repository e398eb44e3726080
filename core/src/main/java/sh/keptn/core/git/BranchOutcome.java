package sh.keptn.core.git;

import sh.keptn.core.model.CommitId;

/** What became of making a branch. */
public sealed interface BranchOutcome {
    CommitId head();

    record Created(CommitId head) implements BranchOutcome {}

    /** It was there before, made by somebody else or by an earlier try; it was left as it is. */
    record Existed(CommitId head) implements BranchOutcome {}
}
