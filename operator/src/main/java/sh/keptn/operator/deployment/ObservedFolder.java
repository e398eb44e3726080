package sh.keptn.operator.deployment;

import java.util.Optional;

/**
 * A service's folder as the mirror shows it.
 *
 * @param head at the head of the stage; empty if the stage's branch is gone
 * @param pinned at the commit that people named; empty if they named none or there is no such commit
 * @param applied at the commit that was applied last; empty if there is none or it was rewritten away
 */
record ObservedFolder(Optional<Candidate> head, Optional<Candidate> pinned, Optional<Candidate> applied) {}
