package sh.keptn.core.model;

/** A folder of a branch; the empty folder is the root of the tree. */
public record Location(String branch, String folder) {

    /** The folder of that name below this one. */
    public Location folder(String name) {
        return new Location(branch, folder.isEmpty() ? name : folder + "/" + name);
    }
}
