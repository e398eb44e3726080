package sh.keptn.crds.deployment;

/** How the deployment of a revision ended. */
public enum DeploymentResult {
    Healthy,
    Failed,
    RolledBack
}
