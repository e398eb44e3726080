package sh.keptn.core.git;

/**
 * One entry of a tree.
 *
 * @param path from the root of the tree
 * @param id the object id of the blob or tree, 40 hex digits: equal ids mean equal content, for a folder that of
 *     everything below it
 */
public record TreeEntry(String path, Kind kind, String id) {
    public enum Kind {
        FILE,
        FOLDER,
        /** A symbolic link: its text is never followed. */
        LINK,
        /** A commit of another repository: never fetched. */
        SUBMODULE
    }

    /** The last segment of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
