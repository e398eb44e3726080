package sh.keptn.crds;

/** The field managers of server-side apply: one for each writer. */
public final class FieldManagers {
    public static final String API = "keptn-api";
    public static final String OPERATOR = "keptn-operator";

    /**
     * For status and finalizer of a KeptnServiceDeployment, whose spec the operator applies too: one manager for both
     * would take away with each what the other had set.
     */
    public static final String OPERATOR_STATUS = "keptn-operator-status";

    private FieldManagers() {}
}
