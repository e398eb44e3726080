package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.Content;
import sh.keptn.core.git.FileContent;
import sh.keptn.core.git.LoggedCommit;
import sh.keptn.core.git.TreeEntry;
import sh.keptn.core.git.TreeEntry.Kind;
import sh.keptn.core.model.CommitId;

/**
 * Reads the trees of one commit. Names that no path may hold are passed over wherever they come from, and below a
 * certain depth nothing is looked at any more.
 */
final class TreeReader implements AutoCloseable {
    private static final int MAX_DEPTH = 100;
    private static final Set<String> LEFT_OUT = Set.of("", ".", "..", ".git");

    private final ObjectReader reader;
    private final ObjectId root;

    TreeReader(Mirror mirror, CommitId commit) throws IOException {
        this.reader = mirror.repository().newObjectReader();
        try (RevWalk walk = new RevWalk(reader)) {
            this.root = walk.parseCommit(ObjectId.fromString(commit.value()))
                    .getTree()
                    .toObjectId();
        }
    }

    Optional<TreeEntry> entry(String path) throws IOException {
        if (path.isEmpty()) {
            return Optional.of(new TreeEntry("", Kind.FOLDER, root.name()));
        }
        if (!plausible(path)) {
            return Optional.empty();
        }
        try (TreeWalk walk = TreeWalk.forPath(reader, path, root)) {
            return walk == null ? Optional.empty() : Optional.of(entryAt(walk, path));
        }
    }

    Optional<FileContent> read(String path, long maxBytes) throws IOException {
        Optional<TreeEntry> entry = entry(path).filter(found -> found.kind() == Kind.FILE || found.kind() == Kind.LINK);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        ObjectLoader loader = reader.open(ObjectId.fromString(entry.get().id()), Constants.OBJ_BLOB);
        if (loader.getSize() > maxBytes) {
            throw new KeptnException(new KeptnError.TooLarge("file " + path, maxBytes));
        }
        byte[] bytes = loader.getBytes(Math.toIntExact(maxBytes));
        return Optional.of(new FileContent(entry.get().id(), Content.of(bytes)));
    }

    List<TreeEntry> children(String folder) throws IOException {
        Optional<ObjectId> tree = folder(folder);
        List<TreeEntry> found = new ArrayList<>();
        if (tree.isPresent()) {
            try (TreeWalk walk = new TreeWalk(reader)) {
                walk.addTree(tree.get());
                while (walk.next()) {
                    if (!LEFT_OUT.contains(walk.getNameString())) {
                        found.add(entryAt(walk, join(folder, walk.getNameString())));
                    }
                }
            }
        }
        return found;
    }

    void walk(String folder, Consumer<TreeEntry> visitor) throws IOException {
        Optional<ObjectId> tree = folder(folder);
        if (tree.isEmpty()) {
            return;
        }
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(tree.get());
            while (walk.next()) {
                if (LEFT_OUT.contains(walk.getNameString())) {
                    continue;
                }
                if (walk.isSubtree()) {
                    if (walk.getDepth() < MAX_DEPTH) {
                        walk.enterSubtree();
                    }
                } else if (!walk.getFileMode(0).equals(FileMode.GITLINK)) {
                    visitor.accept(entryAt(walk, join(folder, walk.getPathString())));
                }
            }
        }
    }

    private Optional<ObjectId> folder(String path) throws IOException {
        return entry(path).filter(entry -> entry.kind() == Kind.FOLDER).map(entry -> ObjectId.fromString(entry.id()));
    }

    private static boolean plausible(String path) {
        String[] segments = path.split("/", -1);
        for (String segment : segments) {
            if (LEFT_OUT.contains(segment)) {
                return false;
            }
        }
        return segments.length <= MAX_DEPTH;
    }

    private static TreeEntry entryAt(TreeWalk walk, String path) {
        return new TreeEntry(
                path, kindOf(walk.getFileMode(0)), walk.getObjectId(0).name());
    }

    private static Kind kindOf(FileMode mode) {
        if (mode.equals(FileMode.TREE)) {
            return Kind.FOLDER;
        }
        if (mode.equals(FileMode.SYMLINK)) {
            return Kind.LINK;
        }
        return mode.equals(FileMode.GITLINK) ? Kind.SUBMODULE : Kind.FILE;
    }

    private static String join(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    /** The commits from one back through its first and other parents, newest first. */
    static List<LoggedCommit> log(Mirror mirror, CommitId from, int limit) throws IOException {
        List<LoggedCommit> found = new ArrayList<>();
        try (RevWalk walk = new RevWalk(mirror.repository())) {
            walk.markStart(walk.parseCommit(ObjectId.fromString(from.value())));
            for (var commit = walk.next(); commit != null && found.size() < limit; commit = walk.next()) {
                found.add(new LoggedCommit(
                        new CommitId(commit.name()),
                        commit.getFullMessage(),
                        commit.getAuthorIdent().getName(),
                        commit.getCommitterIdent().getWhenAsInstant()));
            }
        }
        return found;
    }

    @Override
    public void close() {
        reader.close();
    }
}
