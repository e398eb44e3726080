package sh.keptn.operator.condition;

import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.UpstreamFault;
import sh.keptn.crds.Reason;

/** What each failure means for a resource: the one place that decides between a person's work and another try. */
public final class Faults {
    private Faults() {}

    /** The outcome of a pass that a defect of ours ended; what it was is in the log alone. */
    public static Outcome internal() {
        return new Outcome.Failed(
                Reason.INTERNAL_ERROR, "an internal error stopped this pass; the operator's log has the details");
    }

    /** The outcome of a pass that met this failure. */
    public static Outcome outcome(KeptnError error) {
        return switch (error) {
            case KeptnError.Upstream(UpstreamFault fault, String message) ->
                fault.passing()
                        ? new Outcome.Failed(reason(fault), message)
                        : new Outcome.Stalled(reason(fault), message);
            case KeptnError.TooLarge tooLarge -> new Outcome.Stalled(Reason.TOO_LARGE, tooLarge.message());
            case KeptnError.Invalid invalid -> new Outcome.Stalled(Reason.INVALID_SPEC, invalid.message());
            case KeptnError.Denied denied -> new Outcome.Stalled(Reason.INVALID_SPEC, denied.message());
            case KeptnError.NotFound other -> retry(other);
            case KeptnError.AlreadyExists other -> retry(other);
            case KeptnError.Conflict other -> retry(other);
            case KeptnError.Unauthenticated other -> retry(other);
            case KeptnError.Forbidden other -> retry(other);
            case KeptnError.Throttled other -> retry(other);
            case KeptnError.Unavailable other -> retry(other);
            case KeptnError.DeadlineExceeded other -> retry(other);
        };
    }

    /** The reason that stands for a fault of the upstream. */
    public static Reason reason(UpstreamFault fault) {
        return switch (fault) {
            case DNS, CONNECT, TIMEOUT, UNAVAILABLE -> Reason.GIT_UNREACHABLE;
            case PROXY -> Reason.GIT_PROXY_FAILED;
            case TLS -> Reason.GIT_TLS_FAILED;
            case HOST_KEY -> Reason.GIT_HOST_KEY_UNKNOWN;
            case AUTH -> Reason.GIT_AUTH_FAILED;
            case NOT_FOUND -> Reason.REPOSITORY_NOT_FOUND;
            case NOT_A_REPOSITORY -> Reason.NOT_A_REPOSITORY;
            case ADDRESS_REFUSED, REDIRECT -> Reason.GIT_ADDRESS_REFUSED;
            case REJECTED -> Reason.GIT_REJECTED;
            case DIVERGED -> Reason.GIT_CONTENDED;
            case TOO_LARGE -> Reason.TOO_LARGE;
        };
    }

    private static Outcome retry(KeptnError error) {
        return new Outcome.Failed(Reason.INTERNAL_ERROR, error.message());
    }
}
