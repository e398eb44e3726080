package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.util.Paths;
import org.jspecify.annotations.Nullable;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.Change;

/**
 * Applies changes to a tree and writes what is new of it. Reads and writes only the folders on the way to what changes,
 * so the cost grows with depth and the size of those folders, never with the number of files.
 */
final class TreeEditor {
    private static final Set<String> RESERVED = Set.of("", ".", "..");
    /** The depth of what need not be sent. */
    private static final int UPSTREAM = -1;
    /**
     * Folders from this size on are sent as the difference to what the upstream has. It must look for that and store it
     * once more, which smaller ones are not worth.
     */
    private static final int LARGE_BYTES = 64 << 10;

    private final ObjectReader reader;
    private final ObjectInserter inserter;
    private final long maxFileBytes;
    /** The folders that the upstream has or gets, and how far each is from one that is sent whole. */
    private final Map<ObjectId, Integer> depths = new HashMap<>();

    TreeEditor(ObjectReader reader, ObjectInserter inserter, long maxFileBytes) {
        this.reader = reader;
        this.inserter = inserter;
        this.maxFileBytes = maxFileBytes;
    }

    /** What applying a list of changes came to. */
    sealed interface Edit {
        /**
         * The changed tree.
         *
         * @param made what is new in it, and perhaps more, every base before what is made from it
         */
        record Tree(ObjectId id, List<NewObject> made) implements Edit {}

        /** A {@link Change.Delete} names what is not there. */
        record Absent(String path) implements Edit {}
    }

    /**
     * The tree with the changes in it. One editor is for a chain of commits: the tree is that of the upstream's head, or
     * one that was made here before.
     *
     * @throws KeptnException {@code Conflict} where a file stands in the way, {@code TooLarge}, {@code Invalid}
     */
    Edit apply(Optional<ObjectId> tree, List<Change> changes) throws IOException {
        Folder root = tree.isPresent() ? load(tree.get()) : new Folder();
        List<NewObject> made = new ArrayList<>();
        for (Change change : changes) {
            String[] path = split(change.path());
            switch (change) {
                case Change.Put put -> put(root, path, put, made);
                case Change.Delete delete -> {
                    if (!remove(root, path, 0)) {
                        return new Edit.Absent(delete.path());
                    }
                }
                case Change.Clear clear -> {
                    boolean ignored = remove(root, path, 0);
                }
            }
        }
        return new Edit.Tree(store(root, made), made);
    }

    private void put(Folder root, String[] path, Change.Put put, List<NewObject> made) throws IOException {
        if (put.content().size() > maxFileBytes) {
            throw new KeptnException(new KeptnError.TooLarge("file " + put.path(), maxFileBytes));
        }
        Folder folder = root;
        for (int i = 0; i < path.length - 1; i++) {
            folder = folder.descend(this, Constants.encode(path[i]), put.path());
        }
        byte[] name = Constants.encode(path[path.length - 1]);
        Entry present = folder.find(name);
        if (present != null && (present.isFolder() || present.mode.equals(FileMode.GITLINK))) {
            throw new KeptnException(new KeptnError.Conflict("'" + put.path() + "' is a folder"));
        }
        ObjectId blob = inserter.idFor(Constants.OBJ_BLOB, put.content().bytes());
        FileMode mode = present != null && present.mode.equals(FileMode.EXECUTABLE_FILE)
                ? FileMode.EXECUTABLE_FILE
                : FileMode.REGULAR_FILE;
        if (present != null && present.mode.equals(mode) && blob.equals(present.id)) {
            return;
        }
        byte[] content = put.content().bytes();
        made.add(NewObject.whole(Constants.OBJ_BLOB, inserter.insert(Constants.OBJ_BLOB, content), content));
        folder.set(new Entry(name, mode, blob));
    }

    private boolean remove(Folder folder, String[] path, int depth) throws IOException {
        byte[] name = Constants.encode(path[depth]);
        Entry present = folder.find(name);
        if (present == null) {
            return false;
        }
        if (depth == path.length - 1) {
            folder.drop(name);
            return true;
        }
        if (!present.isFolder()) {
            return false;
        }
        return remove(present.open(this), path, depth + 1) && folder.touched();
    }

    private static String[] split(String path) {
        String[] segments = path.split("/", -1);
        for (String segment : segments) {
            if (RESERVED.contains(segment)
                    || segment.equalsIgnoreCase(Constants.DOT_GIT)
                    || segment.indexOf('\0') >= 0) {
                throw KeptnException.invalid("path", "is not the path of a file in a repository");
            }
        }
        return segments;
    }

    private Folder load(ObjectId tree) throws IOException {
        byte[] content = reader.open(tree, Constants.OBJ_TREE).getCachedBytes();
        boolean ignored = depths.putIfAbsent(tree, UPSTREAM) == null;
        Folder folder = new Folder(new Origin(tree, content));
        CanonicalTreeParser parser = new CanonicalTreeParser();
        parser.reset(content);
        for (; !parser.eof(); parser.next()) {
            byte[] name = new byte[parser.getNameLength()];
            parser.getName(name, 0);
            folder.entries.add(new Entry(name, parser.getEntryFileMode(), parser.getEntryObjectId()));
        }
        folder.stored = tree;
        return folder;
    }

    /** The id of the folder's tree, written if it is new; a folder with nothing in it is dropped by its parent. */
    private ObjectId store(Folder folder, List<NewObject> made) throws IOException {
        if (folder.stored != null) {
            return folder.stored;
        }
        Iterator<Entry> entries = folder.entries.iterator();
        while (entries.hasNext()) {
            Entry entry = entries.next();
            if (entry.opened != null && entry.opened.stored == null) {
                if (entry.opened.isEmpty()) {
                    entries.remove();
                } else {
                    entry.id = store(entry.opened, made);
                }
            }
        }
        TreeFormatter formatter = new TreeFormatter();
        for (Entry entry : folder.entries) {
            formatter.append(entry.name, entry.mode, entry.id);
        }
        byte[] content = formatter.toByteArray();
        ObjectId id = inserter.insert(Constants.OBJ_TREE, content);
        // One that is there must not be sent as made from another that may itself be made from it.
        if (!depths.containsKey(id)) {
            NewObject tree = folder.origin == null
                    ? NewObject.whole(Constants.OBJ_TREE, id, content)
                    : changed(folder.origin, id, content);
            made.add(tree);
            depths.put(id, tree.depth());
        }
        folder.stored = id;
        return id;
    }

    private NewObject changed(Origin origin, ObjectId id, byte[] content) throws IOException {
        int depth = depths.getOrDefault(origin.id, UPSTREAM);
        if (depth == UPSTREAM && content.length < LARGE_BYTES) {
            return NewObject.whole(Constants.OBJ_TREE, id, content);
        }
        return NewObject.changed(Constants.OBJ_TREE, id, content, origin.id, origin.content, Math.max(depth, 0));
    }

    /** What a folder was before it was changed. */
    private static final class Origin {
        private final ObjectId id;
        private final byte[] content;

        Origin(ObjectId id, byte[] content) {
            this.id = id;
            this.content = content;
        }
    }

    /** One folder: its entries in Git's order, and its id as long as nothing in it has changed. */
    private static final class Folder {
        private final List<Entry> entries = new ArrayList<>();
        private final @Nullable Origin origin;
        private @Nullable ObjectId stored;

        Folder() {
            this.origin = null;
        }

        Folder(Origin origin) {
            this.origin = origin;
        }

        boolean isEmpty() {
            return entries.stream()
                    .allMatch(entry -> entry.opened != null && entry.opened.stored == null && entry.opened.isEmpty());
        }

        boolean touched() {
            stored = null;
            return true;
        }

        @Nullable
        Entry find(byte[] name) {
            for (Entry entry : entries) {
                if (Arrays.equals(entry.name, name)) {
                    return entry;
                }
            }
            return null;
        }

        void drop(byte[] name) {
            entries.removeIf(entry -> Arrays.equals(entry.name, name));
            stored = null;
        }

        void set(Entry entry) {
            drop(entry.name);
            int at = 0;
            while (at < entries.size() && entries.get(at).compareTo(entry) < 0) {
                at++;
            }
            entries.add(at, entry);
        }

        Folder descend(TreeEditor editor, byte[] name, String path) throws IOException {
            Entry present = find(name);
            stored = null;
            if (present == null) {
                Entry made = new Entry(name, FileMode.TREE, ObjectId.zeroId());
                made.opened = new Folder();
                set(made);
                return made.opened;
            }
            if (!present.isFolder()) {
                throw new KeptnException(new KeptnError.Conflict("a parent of '" + path + "' is a file, not a folder"));
            }
            return present.open(editor);
        }
    }

    private static final class Entry implements Comparable<Entry> {
        private final byte[] name;
        private final FileMode mode;
        private ObjectId id;
        private @Nullable Folder opened;

        Entry(byte[] name, FileMode mode, ObjectId id) {
            this.name = name;
            this.mode = mode;
            this.id = id;
        }

        boolean isFolder() {
            return mode.equals(FileMode.TREE);
        }

        Folder open(TreeEditor editor) throws IOException {
            if (opened == null) {
                opened = editor.load(id);
            }
            return opened;
        }

        @Override
        public int compareTo(Entry other) {
            return Paths.compare(
                    name, 0, name.length, mode.getBits(), other.name, 0, other.name.length, other.mode.getBits());
        }
    }
}
