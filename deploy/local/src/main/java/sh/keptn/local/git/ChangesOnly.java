package sh.keptn.local.git;

import java.io.IOException;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ConnectivityChecker;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Checks that everything a push refers to is there. Of each new commit only what differs from the commits before it is
 * looked at: those are in use here already, or are checked by the same rule, so what is equal to theirs is there. A push
 * to a repository with many files costs no more than one to a small one.
 */
final class ChangesOnly implements ConnectivityChecker {
    private final ConnectivityChecker otherwise;

    /** Leaves a push that is not of commits alone, such as a tag of a file, to another check. */
    ChangesOnly(ConnectivityChecker otherwise) {
        this.otherwise = otherwise;
    }

    @Override
    public void checkConnectivity(ConnectivityCheckInfo push, Set<ObjectId> haves, ProgressMonitor monitor)
            throws IOException {
        try (ObjectReader reader = push.getRepository().newObjectReader();
                RevWalk walk = new RevWalk(reader)) {
            for (ReceiveCommand command : push.getCommands()) {
                if (command.getResult() != ReceiveCommand.Result.NOT_ATTEMPTED
                        || command.getType() == ReceiveCommand.Type.DELETE) {
                    continue;
                }
                if (!(walk.peel(walk.parseAny(command.getNewId())) instanceof RevCommit commit)) {
                    otherwise.checkConnectivity(push, haves, monitor);
                    return;
                }
                walk.markStart(commit);
            }
            for (ObjectId have : haves) {
                RevObject known = walk.peel(walk.parseAny(have));
                if (known instanceof RevCommit commit) {
                    walk.markUninteresting(commit);
                }
            }
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                require(commit, walk, reader);
            }
        }
    }

    private static void require(RevCommit commit, RevWalk walk, ObjectReader reader) throws IOException {
        try (TreeWalk changes = new TreeWalk(reader)) {
            for (RevCommit parent : commit.getParents()) {
                walk.parseHeaders(parent);
                changes.addTree(parent.getTree());
            }
            int own = changes.addTree(commit.getTree());
            changes.setFilter(own == 0 ? TreeFilter.ALL : TreeFilter.ANY_DIFF);
            while (changes.next()) {
                if (!isParents(changes, own)) {
                    require(changes, own, reader);
                }
            }
        }
    }

    private static boolean isParents(TreeWalk changes, int own) {
        for (int parent = 0; parent < own; parent++) {
            if (changes.getRawMode(parent) == changes.getRawMode(own) && changes.idEqual(parent, own)) {
                return true;
            }
        }
        return false;
    }

    private static void require(TreeWalk changes, int own, ObjectReader reader) throws IOException {
        FileMode mode = changes.getFileMode(own);
        if (mode.equals(FileMode.MISSING) || mode.equals(FileMode.GITLINK)) {
            return;
        }
        if (mode.equals(FileMode.TREE)) {
            changes.enterSubtree();
        } else if (!reader.has(changes.getObjectId(own), Constants.OBJ_BLOB)) {
            throw new MissingObjectException(changes.getObjectId(own), Constants.OBJ_BLOB);
        }
    }
}
