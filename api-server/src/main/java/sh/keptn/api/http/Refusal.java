package sh.keptn.api.http;

import java.io.Serial;
import java.util.Map;
import java.util.Optional;

/** A request that HTTP itself refuses, before any of Keptn's own rules: no such path, wrong method or media type. */
public final class Refusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;
    private final transient Map<String, String> headers;
    private final transient Optional<Object> body;

    public Refusal(int status, String message) {
        this(status, status, message, Map.of());
    }

    /** Some collections answer 422 with a code of their own in the body (601 wrong type, 602 missing, ...). */
    public Refusal(int status, int code, String message) {
        this(status, code, message, Map.of());
    }

    /** The same with headers of its own. */
    public Refusal(int status, int code, String message, Map<String, String> headers) {
        this(status, code, message, headers, Optional.empty());
    }

    private Refusal(int status, int code, String message, Map<String, String> headers, Optional<Object> body) {
        super(message);
        this.status = status;
        this.code = code;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    /** With a body of its own, where a collection has other words for the same. */
    public static Refusal withBody(int status, Object body, String message, Map<String, String> headers) {
        return new Refusal(status, status, message, headers, Optional.of(body));
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

    Object body() {
        return body.orElseGet(() -> new ErrorBody(code, text()));
    }
}
