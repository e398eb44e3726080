package sh.keptn.core.git;

/** One intent on a tree; a write is a list of them, applied in their order to whatever the branch's head is. */
public sealed interface Change {
    /** The path from the root of the tree, single slashes. */
    String path();

    /** The file holds exactly these bytes afterwards. */
    record Put(String path, Content content) implements Change {}

    /** The file, or the folder with all below it, is gone afterwards; absent before: {@link CommitOutcome.Absent}. */
    record Delete(String path) implements Change {}

    /** The folder with all below it is gone afterwards, and it is no matter whether it was there. */
    record Clear(String path) implements Change {}
}
