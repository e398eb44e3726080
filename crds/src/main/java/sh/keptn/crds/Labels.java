package sh.keptn.crds;

/** The labels on objects that belong to a project. */
public final class Labels {
    /** The project's name, cut with a hash above 63 characters. */
    public static final String PROJECT = "keptn.sh/project";

    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    /** The value of {@link #MANAGED_BY} on what the API server made, Secrets above all. */
    public static final String MANAGED_BY_API = "keptn-api";

    /** The value of {@link #MANAGED_BY} on what the operator made. */
    public static final String MANAGED_BY_OPERATOR = "keptn-operator";

    private Labels() {}
}
