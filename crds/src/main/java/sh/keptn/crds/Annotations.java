package sh.keptn.crds;

/** The annotations that people and programs set on Keptn's resources; all of them under {@code keptn.sh/}. */
public final class Annotations {
    /** On a KeptnProject or a KeptnServiceDeployment: reconcile now. Any new value counts; {@code status.lastHandledRequestedAt} answers it. */
    public static final String REQUESTED_AT = "keptn.sh/requestedAt";

    /** On a KeptnProject, {@code "true"}: spec.git.url may change; history moves to the new upstream. */
    public static final String ALLOW_URL_CHANGE = "keptn.sh/allow-url-change";

    /** On a KeptnProject: the comma-separated names of stages whose removal from the shipyard is meant. */
    public static final String CONFIRM_STAGE_REMOVAL = "keptn.sh/confirm-stage-removal";

    /** On either kind, {@code "true"}: make again what was made once and has vanished upstream. */
    public static final String RECREATE = "keptn.sh/recreate";

    /** On a KeptnService, {@code "true"}: deleting the resource also commits the removal of its folders. */
    public static final String DELETE_FOLDER = "keptn.sh/delete-folder";

    /**
     * Written by the operator, on a KeptnProject the comma-separated stages whose branches were made or adopted, on a
     * KeptnService the stages where its folder was. What is listed here is never made a second time unasked.
     */
    public static final String SCAFFOLDED = "keptn.sh/scaffolded";

    /** Written by the operator on a KeptnProject: comma-separated services that were deleted while their folders stay. */
    public static final String IGNORED_SERVICES = "keptn.sh/ignored-services";

    /** Who made a resource through the REST API; makes DELETE by REST drop the Secret that REST made. */
    public static final String CREATED_BY = "keptn.sh/created-by";

    /** On a deployed object: the revision that it was applied from, such as {@code dev@sha1:<id>}. */
    public static final String REVISION = "keptn.sh/revision";

    /** On a deployed object, {@value #RECONCILE_DISABLED}: leave it as it is, neither apply nor prune it. */
    public static final String RECONCILE = "keptn.sh/reconcile";

    /** The value of {@link #RECONCILE} that switches it off. */
    public static final String RECONCILE_DISABLED = "disabled";

    /** Written by the operator on a namespace that it made: the namespace of the KeptnProject that it was made for. */
    public static final String OWNER_NAMESPACE = "keptn.sh/owner-namespace";

    private Annotations() {}
}
