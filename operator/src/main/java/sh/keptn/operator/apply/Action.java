package sh.keptn.operator.apply;

/** What applying did to one object. */
public enum Action {
    CREATED,
    CONFIGURED,
    UNCHANGED,
    /** It was left as it is, because its annotation {@code keptn.sh/reconcile=disabled} asks for that. */
    LEFT
}
