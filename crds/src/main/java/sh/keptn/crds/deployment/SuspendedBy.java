package sh.keptn.crds.deployment;

/** Whose {@code spec.suspend} holds a deployment back besides its own. */
public enum SuspendedBy {
    Project,
    Stage,
    Service
}
