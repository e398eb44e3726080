package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.Precondition;

/** Judges what a writer expects by the tree that it would change. */
final class Preconditions {
    private Preconditions() {}

    /**
     * Returns if all hold.
     *
     * @param tree empty where the branch is yet to be born
     * @throws KeptnException {@code PreconditionFailed}
     */
    static void require(ObjectReader reader, Optional<ObjectId> tree, List<Precondition> preconditions)
            throws IOException {
        for (Precondition precondition : preconditions) {
            Optional<String> there = first(reader, tree, precondition.paths());
            String path = precondition.paths().getFirst();
            switch (precondition) {
                case Precondition.OneOf oneOf -> {
                    if (there.isEmpty()) {
                        throw failed("'" + path + "' is not there");
                    }
                    if (!oneOf.ids().contains(there.get())) {
                        throw failed("'" + path + "' is at another version");
                    }
                }
                case Precondition.Present _ -> {
                    if (there.isEmpty()) {
                        throw failed("'" + path + "' is not there");
                    }
                }
                case Precondition.Absent _ -> {
                    if (there.isPresent()) {
                        throw failed("'" + path + "' is there already");
                    }
                }
            }
        }
    }

    private static Optional<String> first(ObjectReader reader, Optional<ObjectId> tree, List<String> paths)
            throws IOException {
        if (tree.isEmpty()) {
            return Optional.empty();
        }
        for (String path : paths) {
            try (TreeWalk walk = TreeWalk.forPath(reader, path, tree.get())) {
                if (walk != null) {
                    return Optional.of(walk.getObjectId(0).name());
                }
            }
        }
        return Optional.empty();
    }

    private static KeptnException failed(String why) {
        return new KeptnException(new KeptnError.PreconditionFailed(why + "; nothing was written"));
    }
}
