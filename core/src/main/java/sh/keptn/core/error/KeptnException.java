package sh.keptn.core.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Carries one {@link KeptnError} to where it is decided what becomes of it. */
public final class KeptnException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient KeptnError error;

    public KeptnException(KeptnError error) {
        this(error, null);
    }

    /** Keeps the cause for the log; the message shown to callers is the error's alone. */
    public KeptnException(KeptnError error, @Nullable Throwable cause) {
        super(error.message(), cause);
        this.error = error;
    }

    public KeptnError error() {
        return error;
    }

    /** Short for the most frequent refusal. */
    public static KeptnException invalid(String field, String why) {
        return new KeptnException(new KeptnError.Invalid(field, why));
    }

    /** Short for a missing thing. */
    public static KeptnException notFound(String kind, String name) {
        return new KeptnException(new KeptnError.NotFound(kind, name));
    }

    /** Short for a fault of the upstream. */
    public static KeptnException upstream(UpstreamFault fault, String message, @Nullable Throwable cause) {
        return new KeptnException(new KeptnError.Upstream(fault, message), cause);
    }
}
