package sh.keptn.api.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import sh.keptn.core.config.PathPrefix;
import sh.keptn.core.model.CommitId;

/** What goes back to the client. Whoever makes one gives the body away and changes it no more. */
public final class Answer {
    public static final String JSON = "application/json";

    private static final byte[] NOTHING = new byte[0];
    private static final String CONTENT_TYPE = "Content-Type";

    /** A path from the root, on its own as in Location or in angle brackets as in Link; not the {@code //} of a host. */
    private static final Pattern PATH = Pattern.compile("(^|<)/(?!/)");

    private static final Set<String> PATHS = Set.of("Location", "Content-Location", "Link");

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final Optional<String> commit;
    private final Optional<Streamed> streamed;

    /** A body that is written bit by bit, for as long as the client stays. */
    public interface Streamed extends AutoCloseable {
        /** Writes until there is nothing more to say; an exception means that the client is gone. */
        void writeTo(OutputStream out) throws IOException;

        /** Called once, whether anything was written or not. */
        @Override
        void close();
    }

    private Answer(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, body, Optional.empty(), Optional.empty());
    }

    private Answer(
            int status,
            Map<String, String> headers,
            byte[] body,
            Optional<Streamed> streamed,
            Optional<String> commit) {
        this.streamed = streamed;
        this.status = status;
        this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        this.body = body;
        this.commit = commit;
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

    /** An answer without an end in sight. The connection ends with it. */
    public static Answer stream(String contentType, Streamed body) {
        return new Answer(200, Map.of(CONTENT_TYPE, contentType), NOTHING, Optional.of(body), Optional.empty());
    }

    public static Answer redirect(int status, String location) {
        return new Answer(status, Map.of("Location", location), NOTHING);
    }

    /** The same answer with one header more. */
    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body, streamed, commit);
    }

    /** The same answer, of which the log is to say that this commit came of it. */
    public Answer of(CommitId made) {
        return new Answer(status, headers, body, streamed, Optional.of(made.value()));
    }

    Optional<String> commit() {
        return commit;
    }

    /** The same answer where every path of the server stands below a prefix: the headers that name a path name it too. */
    Answer below(PathPrefix prefix) {
        if (prefix.equals(PathPrefix.NONE)) {
            return this;
        }
        Map<String, String> moved = new LinkedHashMap<>(headers);
        for (String name : PATHS) {
            moved.computeIfPresent(name, (_, value) -> PATH.matcher(value).replaceAll("$1" + prefix.before("/")));
        }
        return new Answer(status, moved, body, streamed, commit);
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

    /** The body if it is written bit by bit; {@link #body} is empty then. */
    Optional<Streamed> streamed() {
        return streamed;
    }
}
