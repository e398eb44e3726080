package sh.keptn.crds.project;

/** When a stage takes over what stands in Git. */
public enum DeployPolicy {
    /** With every commit that changes the service's folder. */
    OnCommit,
    /** Only when told to: what is available is recorded and waits. */
    OnSequence
}
