package sh.keptn.crds.service;

/** What happens when a revision does not become healthy in time. */
public enum FailurePolicy {
    /** It stays as applied, for people to look at. */
    Keep,
    /** The last healthy revision is applied again. Git is not touched. */
    Rollback
}
