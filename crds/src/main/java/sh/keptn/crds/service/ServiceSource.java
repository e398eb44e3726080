package sh.keptn.crds.service;

/** What a service's folder is deployed from. */
public enum ServiceSource {
    /** The first that is there: a chart in helm/, manifests in manifests/ or k8s/, a values.yaml with an image. */
    Auto,
    /** The chart in {@code helm/<service>/}. */
    Helm,
    /** The manifests in {@code manifests/} or {@code k8s/}. */
    Manifests,
    /** A Deployment and a Service made from values.yaml. */
    Generated
}
