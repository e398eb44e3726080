package sh.keptn.crds;

/** The types of the conditions, as they stand in a status. */
public final class ConditionType {
    /** Always present: whether the resource is as its spec and Git want it. */
    public static final String READY = "Ready";

    /** Abnormal-true: work is going on, or is being retried. */
    public static final String RECONCILING = "Reconciling";

    /** Abnormal-true: nothing goes on until a person mends something. */
    public static final String STALLED = "Stalled";

    /** On a KeptnProject: whether the upstream answered the last time it was asked. */
    public static final String REPOSITORY_REACHABLE = "RepositoryReachable";

    /** On a KeptnProject: whether the shipyard in Git is valid; if not, the last valid one is in force. */
    public static final String SHIPYARD_VALID = "ShipyardValid";

    /** On a KeptnProject whose pushes are to be announced: whether they can be; if not, the upstream is only polled. */
    public static final String WEBHOOK_READY = "WebhookReady";

    /** On a KeptnService: whether its folder stands on every stage. */
    public static final String PRESENT = "Present";

    /** On a KeptnServiceDeployment: whether the cluster took all objects of the revision. */
    public static final String APPLIED = "Applied";

    /** On a KeptnServiceDeployment: whether the applied objects are healthy, by the rules of kstatus. */
    public static final String HEALTHY = "Healthy";

    private ConditionType() {}
}
