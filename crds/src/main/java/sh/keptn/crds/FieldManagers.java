package sh.keptn.crds;

/** The field managers of server-side apply: one for each writer. */
public final class FieldManagers {
    public static final String API = "keptn-api";
    public static final String OPERATOR = "keptn-operator";

    private FieldManagers() {}
}
