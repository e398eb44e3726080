package sh.keptn.api.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.StageName;

/** One request as a handler sees it: routed, let in, names decoded, the body not read yet. */
public final class Request {
    private static final Set<String> JSON_TYPES = Set.of("application/json", "application/cloudevents+json");

    private final String method;
    private final String peer;
    private final Map<String, String> parameters;
    private final Query query;
    private final Function<String, Optional<String>> headers;
    private final LongFunction<byte[]> body;

    Request(
            String method,
            String peer,
            Map<String, String> parameters,
            Query query,
            Function<String, Optional<String>> headers,
            LongFunction<byte[]> body) {
        this.method = method;
        this.peer = peer;
        this.parameters = Map.copyOf(parameters);
        this.query = query;
        this.headers = headers;
        this.body = body;
    }

    public String method() {
        return method;
    }

    /** The address at the other end of the socket. */
    public String peer() {
        return peer;
    }

    /** What stands in the path in the place of {@code {name}}, in its final form. */
    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no parameter " + name);
        }
        return value;
    }

    /** The path's {@code {project}}. */
    public ProjectName project() {
        return new ProjectName(parameter("project"));
    }

    /** The path's {@code {stage}}. */
    public StageName stage() {
        return new StageName(parameter("stage"));
    }

    /** The path's {@code {service}}. */
    public ServiceName service() {
        return new ServiceName(parameter("service"));
    }

    public Query query() {
        return query;
    }

    /** A header's value; empty if it is not there or there more than once. */
    public Optional<String> header(String name) {
        return headers.apply(name);
    }

    /** The whole body, at most the server's limit; read once. */
    public byte[] body() {
        return body.apply(Long.MAX_VALUE);
    }

    /**
     * The whole body where less than the server's limit is enough; read once.
     *
     * @throws sh.keptn.core.error.KeptnException {@code TooLarge}
     */
    public byte[] body(long atMost) {
        return body.apply(atMost);
    }

    /**
     * The body as JSON.
     *
     * @throws Refusal 415 if the client says that it is something else
     */
    public <T> T json(Class<T> type, Json.Unknown unknown) {
        requireJson();
        return Json.read(body(), type, unknown);
    }

    /**
     * Insists on a body of JSON, or of a CloudEvent in JSON.
     *
     * @throws Refusal 415 for every other media type, and for none
     */
    public void requireJson() {
        String type = header("Content-Type").orElse("");
        String essence = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!JSON_TYPES.contains(essence)) {
            throw new Refusal(415, "the body's Content-Type must be application/json");
        }
    }
}
