package sh.keptn.api.http;

import java.io.Serial;
import java.util.Map;

/** A request that HTTP itself refuses, before any of Keptn's own rules: no such path, wrong method or media type. */
public final class Refusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;
    private final transient Map<String, String> headers;

    public Refusal(int status, String message) {
        this(status, status, message, Map.of());
    }

    /** Some collections answer 422 with a code of their own in the body (601 wrong type, 602 missing, ...). */
    public Refusal(int status, int code, String message) {
        this(status, code, message, Map.of());
    }

    Refusal(int status, int code, String message, Map<String, String> headers) {
        super(message);
        this.status = status;
        this.code = code;
        this.headers = Map.copyOf(headers);
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    Map<String, String> headers() {
        return headers;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
