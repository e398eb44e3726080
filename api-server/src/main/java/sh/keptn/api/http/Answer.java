package sh.keptn.api.http;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What goes back to the client. Whoever makes one gives the body away and changes it no more. */
public final class Answer {
    public static final String JSON = "application/json";

    private static final byte[] NOTHING = new byte[0];
    private static final String CONTENT_TYPE = "Content-Type";

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private Answer(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        this.body = body;
    }

    /** No body at all. */
    public static Answer empty(int status) {
        return new Answer(status, Map.of(), NOTHING);
    }

    /** The object as JSON. */
    public static Answer json(int status, Object body) {
        return new Answer(status, Map.of(CONTENT_TYPE, JSON), Json.write(body));
    }

    public static Answer text(int status, String body) {
        return bytes(status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer bytes(int status, String contentType, byte[] body) {
        return new Answer(status, Map.of(CONTENT_TYPE, contentType), body);
    }

    public static Answer redirect(int status, String location) {
        return new Answer(status, Map.of("Location", location), NOTHING);
    }

    /** The same answer with one header more. */
    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }

    public int status() {
        return status;
    }

    /** The headers besides those that every answer carries. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The bytes themselves, not a copy. */
    public byte[] body() {
        return body;
    }
}
