package sh.keptn.api.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.StageName;

/** One request as a handler sees it: routed, let in, names decoded, the body not read yet. */
public final class Request {
    private static final Set<String> JSON_TYPES = Set.of("application/json", "application/cloudevents+json");

    private final String method;
    private final Map<String, String> parameters;
    private final Query query;
    private final Function<String, Optional<String>> headers;
    private final Supplier<byte[]> body;

    Request(
            String method,
            Map<String, String> parameters,
            Query query,
            Function<String, Optional<String>> headers,
            Supplier<byte[]> body) {
        this.method = method;
        this.parameters = Map.copyOf(parameters);
        this.query = query;
        this.headers = headers;
        this.body = body;
    }

    public String method() {
        return method;
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

    public Optional<String> header(String name) {
        return headers.apply(name);
    }

    /** The whole body, at most the server's limit; read once. */
    public byte[] body() {
        return body.get();
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
