package sh.keptn.operator.deployment;

import java.util.Optional;

/**
 * A service's folder in one commit.
 *
 * @param tree the id of the folder's Git tree, which names its content; empty if the commit has no such folder
 */
record Candidate(Revision revision, Optional<String> tree) {}
