package sh.keptn.crds;

import java.util.Arrays;
import java.util.Optional;

/** The reasons in conditions and events: a closed set that scripts may rely on. */
public enum Reason {
    SUCCEEDED("Succeeded"),
    PROGRESSING("Progressing"),
    PROGRESSING_WITH_RETRY("ProgressingWithRetry"),
    SUSPENDED("Suspended"),
    INVALID_SPEC("InvalidSpec"),
    INTERNAL_ERROR("InternalError"),

    GIT_UNREACHABLE("GitUnreachable"),
    GIT_AUTH_FAILED("GitAuthFailed"),
    GIT_TLS_FAILED("GitTLSFailed"),
    GIT_HOST_KEY_UNKNOWN("GitHostKeyUnknown"),
    GIT_PROXY_FAILED("GitProxyFailed"),
    GIT_ADDRESS_REFUSED("GitAddressRefused"),
    REPOSITORY_NOT_FOUND("RepositoryNotFound"),
    NOT_A_REPOSITORY("NotARepository"),
    GIT_REJECTED("GitRejected"),
    GIT_CONTENDED("GitContended"),
    TOO_LARGE("TooLarge"),

    CREDENTIALS_MISSING("CredentialsMissing"),
    CREDENTIALS_INVALID("CredentialsInvalid"),
    URL_MISSING("URLMissing"),
    PROVISIONING_FAILED("ProvisioningFailed"),
    URL_CHANGE_REFUSED("URLChangeRefused"),
    ALREADY_INITIALIZED("AlreadyInitialized"),
    UPSTREAM_CONFLICT("UpstreamConflict"),

    SHIPYARD_MISSING("ShipyardMissing"),
    SHIPYARD_INVALID("ShipyardInvalid"),
    STAGE_CHANGE_REFUSED("StageChangeRefused"),
    STAGE_BRANCH_MISSING("StageBranchMissing"),

    WEBHOOK_SECRET_MISSING("WebhookSecretMissing"),
    WEBHOOK_SECRET_INVALID("WebhookSecretInvalid"),

    PROJECT_NOT_FOUND("ProjectNotFound"),
    PROJECT_NOT_READY("ProjectNotReady"),
    FOLDER_MISSING("FolderMissing"),
    NAME_CONFLICT("NameConflict"),

    NOTHING_TO_DEPLOY("NothingToDeploy"),
    WAITING_FOR_SEQUENCE("WaitingForSequence"),
    RENDER_FAILED("RenderFailed"),
    REVISION_NOT_FOUND("RevisionNotFound"),
    NAMESPACE_REFUSED("NamespaceRefused"),
    NAMESPACE_TERMINATING("NamespaceTerminating"),
    OBJECT_REFUSED("ObjectRefused"),
    APPLY_FAILED("ApplyFailed"),
    QUOTA_EXCEEDED("QuotaExceeded"),
    ADMISSION_DENIED("AdmissionDenied"),
    FORBIDDEN("Forbidden"),
    PRUNE_FAILED("PruneFailed"),
    HEALTH_CHECK_FAILED("HealthCheckFailed"),
    HEALTH_CHECK_TIMEOUT("HealthCheckTimeout"),
    ROLLED_BACK("RolledBack"),

    /** Events only. */
    REPOSITORY_INITIALIZED("RepositoryInitialized"),
    REPOSITORY_ADOPTED("RepositoryAdopted"),
    PROVISIONED("Provisioned"),
    STAGE_ADDED("StageAdded"),
    STAGE_ADOPTED("StageAdopted"),
    STAGE_REMOVED("StageRemoved"),
    REVISION_CHANGED("RevisionChanged"),
    HISTORY_REWRITTEN("HistoryRewritten"),
    SERVICE_ADDED("ServiceAdded"),
    SERVICE_DISCOVERED("ServiceDiscovered"),
    SERVICE_REMOVED("ServiceRemoved"),
    FOLDER_IGNORED("FolderIgnored"),
    UPSTREAM_CHANGED("UpstreamChanged"),
    DRIFT_REPAIRED("DriftRepaired"),
    PRUNED("Pruned"),
    CLEANUP_INCOMPLETE("CleanupIncomplete");

    private final String text;

    Reason(String text) {
        this.text = text;
    }

    /** The reason as it stands in a condition. */
    public String text() {
        return text;
    }

    public static Optional<Reason> of(String text) {
        return Arrays.stream(values())
                .filter(reason -> reason.text.equals(text))
                .findFirst();
    }

    @Override
    public String toString() {
        return text;
    }
}
