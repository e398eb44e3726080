package sh.keptn.crds;

/** The labels on objects that belong to a project. */
public final class Labels {
    /** The project's name, cut with a hash above 63 characters. */
    public static final String PROJECT = "keptn.sh/project";

    /** The stage's name, on what is deployed for it. */
    public static final String STAGE = "keptn.sh/stage";

    /** The service's name, cut with a hash above 63 characters or where it is no label value. */
    public static final String SERVICE = "keptn.sh/service";

    /** The UID of the KeptnProject, on a namespace that was made for one of its stages. */
    public static final String OWNER_UID = "keptn.sh/owner-uid";

    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    /** The value of {@link #MANAGED_BY} on what the API server made, Secrets above all. */
    public static final String MANAGED_BY_API = "keptn-api";

    /** The value of {@link #MANAGED_BY} on what the operator made. */
    public static final String MANAGED_BY_OPERATOR = "keptn-operator";

    private Labels() {}
}
