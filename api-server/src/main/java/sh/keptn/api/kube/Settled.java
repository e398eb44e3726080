package sh.keptn.api.kube;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.error.UpstreamFault;
import sh.keptn.crds.ConditionType;
import sh.keptn.crds.Reason;

/** What the operator wrote into conditions: whether it has come to an end, and if to a bad one, what REST is told. */
public final class Settled {
    private Settled() {}

    /** Whether the operator is done: Ready, or Stalled until somebody mends something. */
    public static boolean is(List<Condition> conditions) {
        return isTrue(conditions, ConditionType.READY) || isTrue(conditions, ConditionType.STALLED);
    }

    /** Whether a condition of that type is true. */
    public static boolean isTrue(List<Condition> conditions, String type) {
        return find(conditions, type)
                .filter(condition -> "True".equals(condition.getStatus()))
                .isPresent();
    }

    /** The failure that a Stalled condition tells of; without one, that the time was over. */
    public static KeptnException failure(List<Condition> conditions, String what) {
        if (!isTrue(conditions, ConditionType.STALLED)) {
            return new KeptnException(
                    new KeptnError.DeadlineExceeded(what + " was not ready in time; what was begun has been undone"));
        }
        Condition stalled = find(conditions, ConditionType.STALLED).orElseThrow();
        String message = Optional.ofNullable(stalled.getMessage()).orElse("");
        return new KeptnException(Optional.ofNullable(stalled.getReason())
                .flatMap(Reason::of)
                .map(reason -> error(reason, message))
                .orElseGet(() -> new KeptnError.Conflict(message)));
    }

    private static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }

    private static KeptnError error(Reason reason, String message) {
        return switch (reason) {
            case GIT_UNREACHABLE -> new KeptnError.Upstream(UpstreamFault.CONNECT, message);
            case GIT_PROXY_FAILED -> new KeptnError.Upstream(UpstreamFault.PROXY, message);
            case GIT_CONTENDED -> new KeptnError.Upstream(UpstreamFault.DIVERGED, message);
            case GIT_AUTH_FAILED, CREDENTIALS_MISSING, CREDENTIALS_INVALID, PROVISIONING_FAILED ->
                new KeptnError.Upstream(UpstreamFault.AUTH, message);
            case GIT_TLS_FAILED -> new KeptnError.Upstream(UpstreamFault.TLS, message);
            case GIT_HOST_KEY_UNKNOWN -> new KeptnError.Upstream(UpstreamFault.HOST_KEY, message);
            case GIT_ADDRESS_REFUSED -> new KeptnError.Upstream(UpstreamFault.ADDRESS_REFUSED, message);
            case GIT_REJECTED -> new KeptnError.Upstream(UpstreamFault.REJECTED, message);
            case REPOSITORY_NOT_FOUND -> new KeptnError.Upstream(UpstreamFault.NOT_FOUND, message);
            case NOT_A_REPOSITORY -> new KeptnError.Upstream(UpstreamFault.NOT_A_REPOSITORY, message);
            case TOO_LARGE -> new KeptnError.Upstream(UpstreamFault.TOO_LARGE, message);
            case SHIPYARD_MISSING, SHIPYARD_INVALID, INVALID_SPEC, URL_MISSING, STAGE_CHANGE_REFUSED ->
                new KeptnError.Invalid("project", message);
            case PROJECT_NOT_FOUND -> new KeptnError.NotFound("project", message);
            default -> new KeptnError.Conflict(message);
        };
    }
}
