package sh.keptn.operator.deployment;

import java.util.Optional;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.TreeEntry;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.CommitId;
import sh.keptn.operator.upstream.ProjectView;

/**
 * Looks for a service's folder in the commits that matter. The heads are those that the project's pass saw, so the mirror
 * answers; nobody asks the upstream for them again.
 */
final class DeploymentObserver {
    private final GitStore store;

    DeploymentObserver(GitStore store) {
        this.store = store;
    }

    ObservedFolder observe(DeploymentIntent intent, Memory memory, Place place) {
        Optional<Candidate> head = place.stage().head().map(commit -> candidate(place, commit));
        Optional<Candidate> pinned = intent.pin()
                .flatMap(pin -> store.resolve(place.upstream(), pin))
                .map(commit -> candidate(place, commit));
        Optional<Candidate> applied = memory.applied()
                .filter(revision -> intent.onSequence())
                .flatMap(revision -> known(place, revision.commit()));
        return new ObservedFolder(head, pinned, applied);
    }

    /** The folder in a commit that may be gone by now. */
    Optional<Candidate> known(Place place, CommitId commit) {
        try {
            return Optional.of(candidate(place, commit));
        } catch (KeptnException e) {
            if (e.error() instanceof KeptnError.NotFound) {
                // Rewritten away upstream.
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Which revision counts as available: the head's, unless the one that was named before has the same folder. A busy
     * neighbour changes no status.
     */
    Revision available(Place place, Candidate head, Optional<Revision> before) {
        return before.filter(revision -> known(place, revision.commit())
                        .filter(found -> found.tree().equals(head.tree()))
                        .isPresent())
                .orElse(head.revision());
    }

    private Candidate candidate(Place place, CommitId commit) {
        Optional<String> tree = store.entry(place.upstream(), commit, place.folder())
                .filter(entry -> entry.kind() == TreeEntry.Kind.FOLDER)
                .map(TreeEntry::id);
        return new Candidate(new Revision(place.stage().branch(), commit), tree);
    }

    /**
     * Where a service's folder is looked for.
     *
     * @param folder its path from the root of the tree
     */
    record Place(Upstream upstream, ProjectView.Stage stage, String folder) {}
}
