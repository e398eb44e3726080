package sh.keptn.api.http;

import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.StageName;

/** One request as a handler sees it: routed, let in, names decoded, the body not read yet. */
public final class Request {
    private static final Set<String> JSON_TYPES = Set.of("application/json", "application/cloudevents+json");

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final int MAX_KEY = 255;

    private final String method;
    private final String peer;
    private final Map<String, String> parameters;
    private final Query query;
    private final Function<String, Optional<String>> headers;
    private final BodySource body;
    private final Need need;
    private final Visit visit;

    Request(
            String method,
            String peer,
            Map<String, String> parameters,
            Query query,
            Function<String, Optional<String>> headers,
            BodySource body,
            Need need,
            Visit visit) {
        this.method = method;
        this.peer = peer;
        this.parameters = Map.copyOf(parameters);
        this.query = query;
        this.headers = headers;
        this.body = body;
        this.need = need;
        this.visit = visit;
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

    /** Who asks, for the commits that come of it; empty where no token is asked for. */
    public Optional<String> caller() {
        return visit.caller().map(Caller::name);
    }

    /**
     * Asks for the route's permission on a project that the path does not name.
     *
     * @throws KeptnException {@code Forbidden}
     */
    public void require(ProjectName project) {
        visit.concerns(project);
        visit.caller().ifPresent(caller -> intent().ifPresent(intent -> caller.require(intent, project)));
    }

    /**
     * Asks for the route's permission on all projects.
     *
     * @throws KeptnException {@code Forbidden}
     */
    public void requireOnAll() {
        visit.caller().ifPresent(caller -> intent().ifPresent(caller::requireOnAll));
    }

    /** Which projects the caller may be shown in a list. */
    public Predicate<String> visible() {
        return visit.caller().flatMap(caller -> intent().map(caller::visible)).orElse(_ -> true);
    }

    /** Asks for what the route needs, as far as it can be known before the handler. */
    void requirePermission() {
        if (visit.caller().isEmpty()) {
            return;
        }
        Caller caller = visit.caller().get();
        named("project", ProjectName::isValid).map(ProjectName::new).ifPresent(visit::concerns);
        switch (need.reach()) {
            case NOTHING -> {}
            case OF_NO_PROJECT -> intent().ifPresent(caller::require);
            case OF_HANDLER -> intent().ifPresent(caller::begin);
            // What is no name of a project is the handler's to refuse, in the words of its collection.
            case OF_PATH ->
                intent().ifPresent(intent -> named("project", ProjectName::isValid)
                        .map(ProjectName::new)
                        .ifPresentOrElse(
                                project -> caller.require(intent, project), () -> caller.requireOnAll(intent)));
            case OF_ALL -> intent().ifPresent(caller::requireOnAll);
            case EVERYTHING -> caller.requireEverything();
        }
    }

    private Optional<Intent> intent() {
        Optional<ServiceName> service = named("service", ServiceName::isValid).map(ServiceName::new);
        return need.permission().map(permission -> new Intent(permission, method, service));
    }

    private Optional<String> named(String parameter, Predicate<String> valid) {
        return Optional.ofNullable(parameters.get(parameter)).filter(valid);
    }

    public Query query() {
        return query;
    }

    /** A header's value; empty if it is not there or there more than once. */
    public Optional<String> header(String name) {
        return headers.apply(name);
    }

    /**
     * By what the client knows this request if it has to send it again.
     *
     * @throws KeptnException {@code Invalid} for a blank key or one of more than 255 characters
     */
    public Optional<String> idempotencyKey() {
        Optional<String> key = header(IDEMPOTENCY_KEY);
        if (key.filter(text -> text.isBlank() || text.length() > MAX_KEY).isPresent()) {
            throw KeptnException.invalid(IDEMPOTENCY_KEY, "must have from 1 to " + MAX_KEY + " characters");
        }
        return key;
    }

    /** The whole body, at most the server's limit; read once. */
    public byte[] body() {
        return body.read(Long.MAX_VALUE);
    }

    /**
     * The whole body where less than the server's limit is enough; read once.
     *
     * @throws KeptnException {@code TooLarge}
     */
    public byte[] body(long atMost) {
        return body.read(atMost);
    }

    /**
     * The body piece by piece, for what is too large for the memory; read once. Its route was added with a limit of its own,
     * see {@link Routes#upload}. Whoever gets one reads it to its end and closes it not.
     *
     * @throws sh.keptn.core.error.KeptnException {@code TooLarge} while it is read
     */
    public InputStream bodyStream(long atMost) {
        return body.stream(atMost);
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
