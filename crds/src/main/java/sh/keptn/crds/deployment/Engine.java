package sh.keptn.crds.deployment;

/** What made the deployed objects from the service's folder. */
public enum Engine {
    /** Helm's own template engine, from the chart in {@code helm/<service>/}. */
    Helm,
    /** Nothing: they stand as manifests in {@code manifests/} or {@code k8s/}. */
    Manifests,
    /** The built-in template, from a values.yaml with an image. */
    Generated
}
