package sh.keptn.core.error;

import java.time.Duration;

/**
 * Every failure a caller can meet. Closed on purpose: whoever maps it (status codes, conditions) switches without a
 * {@code default}, so that a new case is a compile error wherever it must be decided.
 *
 * <p>No message holds a secret, a stack trace, a path of the host, or user information of a URL.
 */
public sealed interface KeptnError {

    /** One or two sentences for the person who asked: what was wrong, what is allowed, what to do. */
    String message();

    /** What was asked for is not there. */
    record NotFound(String kind, String name) implements KeptnError {
        @Override
        public String message() {
            return kind + " '" + name + "' not found";
        }
    }

    /** What was to be made is there already. */
    record AlreadyExists(String kind, String name) implements KeptnError {
        @Override
        public String message() {
            return kind + " '" + name + "' already exists";
        }
    }

    /** The input breaks a rule; {@code field} names the input, {@code why} says the rule. */
    record Invalid(String field, String why) implements KeptnError {
        @Override
        public String message() {
            return field + ": " + why;
        }
    }

    /** The request is well-formed and allowed, but policy of this installation forbids it (Keptn: 422). */
    record Denied(String field, String why) implements KeptnError {
        @Override
        public String message() {
            return field + ": " + why;
        }
    }

    /** The request clashes with what stands: a state, a name in use, a file where a folder is. */
    record Conflict(String message) implements KeptnError {}

    /** The token is missing or unknown. */
    record Unauthenticated(String message) implements KeptnError {}

    /** The caller is known and may not do this. */
    record Forbidden(String message) implements KeptnError {}

    /** Too many requests of this kind from this peer. */
    record Throttled(String message, Duration retryAfter) implements KeptnError {}

    /** The input is above a limit. {@code limit} is in bytes unless {@code what} says otherwise. */
    record TooLarge(String what, long limit) implements KeptnError {
        @Override
        public String message() {
            return what + " is above the limit of " + limit;
        }
    }

    /** The Git upstream did not do what was asked. */
    record Upstream(UpstreamFault fault, String message) implements KeptnError {}

    /** A part of this system (event store, Kubernetes API) cannot be reached right now. */
    record Unavailable(String message, Duration retryAfter) implements KeptnError {}

    /** The deadline passed; what was begun has been undone, or is harmless to repeat. */
    record DeadlineExceeded(String message) implements KeptnError {}
}
