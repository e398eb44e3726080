package sh.keptn.crds.project;

/** What happens to the deployed objects when the resource that stands for them is deleted. */
public enum DeletionPolicy {
    /** They are deleted too. */
    Delete,
    /** They stay as they are, and nobody looks after them any more. */
    Orphan
}
