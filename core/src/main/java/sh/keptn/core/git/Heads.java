package sh.keptn.core.git;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import sh.keptn.core.model.CommitId;

/**
 * The branches of an upstream at one moment.
 *
 * @param symbolicHead the branch that the remote's HEAD names, also where that branch is not born yet and the server says
 *     so
 */
public record Heads(Optional<String> symbolicHead, Map<String, CommitId> branches) {
    public Heads {
        SortedMap<String, CommitId> sorted = new TreeMap<>(branches);
        branches = Collections.unmodifiableSortedMap(sorted);
    }

    public Optional<CommitId> of(String branch) {
        return Optional.ofNullable(branches.get(branch));
    }

    /** Whether the upstream has no branch at all. */
    public boolean isEmpty() {
        return branches.isEmpty();
    }
}
