package sh.keptn.api.http;

import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.error.UpstreamFault;

/** The only code that knows which status a failure has, and Keptn's body for it. */
final class ErrorMapper {
    private static final Logger log = LoggerFactory.getLogger(ErrorMapper.class);
    private static final Duration SOON = Duration.ofSeconds(5);

    Answer map(KeptnException failure) {
        KeptnError error = failure.error();
        log.atDebug().setCause(failure).log("request refused");
        Answer answer = answer(status(error), error.message());
        return switch (error) {
            case KeptnError.Throttled throttled -> retryAfter(answer, throttled.retryAfter());
            case KeptnError.Unavailable unavailable -> retryAfter(answer, unavailable.retryAfter());
            case KeptnError.Upstream(UpstreamFault fault, String _) ->
                status(fault) == 503 ? retryAfter(answer, SOON) : answer;
            case KeptnError.NotFound _ -> answer;
            case KeptnError.AlreadyExists _ -> answer;
            case KeptnError.Invalid _ -> answer;
            case KeptnError.Denied _ -> answer;
            case KeptnError.Conflict _ -> answer;
            case KeptnError.Unauthenticated _ -> answer;
            case KeptnError.Forbidden _ -> answer;
            case KeptnError.TooLarge _ -> answer;
            case KeptnError.DeadlineExceeded _ -> answer;
        };
    }

    Answer map(Refusal refusal) {
        Answer answer = Answer.json(refusal.status(), new ErrorBody(refusal.code(), refusal.text()));
        for (var header : refusal.headers().entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }

    /** The last resort: nothing of the cause leaves the process but an id that finds it in the log. */
    Answer unexpected(Throwable cause) {
        String id = UUID.randomUUID().toString();
        log.atError().addKeyValue("errorId", id).setCause(cause).log("request failed unexpectedly");
        return answer(500, "internal error " + id);
    }

    static Answer answer(int status, String message) {
        return Answer.json(status, new ErrorBody(status, message));
    }

    private static int status(KeptnError error) {
        return switch (error) {
            case KeptnError.NotFound _ -> 404;
            case KeptnError.AlreadyExists _ -> 409;
            case KeptnError.Invalid _ -> 400;
            case KeptnError.Denied _ -> 422;
            case KeptnError.Conflict _ -> 409;
            case KeptnError.Unauthenticated _ -> 401;
            case KeptnError.Forbidden _ -> 403;
            case KeptnError.Throttled _ -> 429;
            case KeptnError.TooLarge _ -> 413;
            case KeptnError.Upstream(UpstreamFault fault, String _) -> status(fault);
            case KeptnError.Unavailable _ -> 503;
            case KeptnError.DeadlineExceeded _ -> 504;
        };
    }

    private static int status(UpstreamFault fault) {
        return switch (fault) {
            case DNS, CONNECT, TIMEOUT, PROXY, UNAVAILABLE, DIVERGED -> 503;
            case NOT_FOUND, NOT_A_REPOSITORY -> 404;
            case TLS, HOST_KEY, AUTH, REDIRECT, REJECTED -> 424;
            case ADDRESS_REFUSED -> 422;
            case TOO_LARGE -> 413;
        };
    }

    private static Answer retryAfter(Answer answer, Duration wait) {
        return answer.with("Retry-After", Long.toString(Math.max(1, wait.toSeconds())));
    }
}
