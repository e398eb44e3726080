package sh.keptn.api.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import sh.keptn.core.error.KeptnException;

/**
 * Where the web server hands every request over: limits the work in hand, routes, and sends one answer, whatever
 * happened.
 */
final class FrontDoor implements io.helidon.webserver.http.Handler {
    /** A body up to this size is read to its end though nobody wanted it, so that the connection can be used again. */
    private static final long DRAINED = 64 * 1024;

    /** How long a large body waits for others to be done with. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Headers whose lines are one list; of every other a second line makes it as if there was none. */
    private static final Set<String> LISTS = Set.of("accept", "if-match", "if-none-match", "idempotency-key");

    private final Router router;
    private final HttpLimits limits;
    private final Map<String, String> everywhere;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Semaphore permits;
    private final BodyMemory bodies;
    private final ErrorMapper errors = new ErrorMapper();

    /**
     * @param everywhere headers of every answer
     */
    FrontDoor(Router router, HttpLimits limits, Map<String, String> everywhere, MeterRegistry meters, Clock clock) {
        this.router = router;
        this.limits = limits;
        this.everywhere = Map.copyOf(everywhere);
        this.meters = meters;
        this.clock = clock;
        this.permits = new Semaphore(limits.concurrentRequests());
        this.bodies = BodyMemory.ofHeap(limits.bodyBytes(), PATIENCE);
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Body body = new Body(
                () -> request.content().inputStream(), request.headers().contentLength(), limits, bodies, clock);
        Optional<Answer> stream;
        try (body) {
            stream = handle(request, response, body);
        }
        if (stream.isPresent()) {
            stream(request, response, stream.get());
        }
    }

    /** Answers, but for a body that goes on for long: that is given back, so that it takes nobody's place meanwhile. */
    private Optional<Answer> handle(ServerRequest request, ServerResponse response, Body body) {
        if (!permits.tryAcquire()) {
            send(
                    request,
                    response,
                    body,
                    ErrorMapper.answer(503, "too many requests at one time").with("Retry-After", "1"));
            return Optional.empty();
        }
        Timer.Sample sample = Timer.start(meters);
        Visit visit = new Visit();
        int status = 500;
        try {
            Answer answer = Problem.asAsked(answer(request, body, visit), header(request, "Accept"));
            status = answer.status();
            AuditLog.write(request.prologue().method().text(), visit, answer);
            if (answer.streamed().isPresent()) {
                return Optional.of(answer);
            }
            send(request, response, body, answer);
            return Optional.empty();
        } finally {
            permits.release();
            sample.stop(meters.timer(
                    "keptn.http.requests",
                    "method",
                    known(request.prologue().method().text()),
                    "route",
                    visit.template(),
                    "status",
                    Integer.toString(status)));
        }
    }

    // The last handler: whatever is thrown becomes an answer.
    private Answer answer(ServerRequest request, Body body, Visit visit) {
        try {
            return router.route(arrival(request, body), visit);
        } catch (KeptnException e) {
            return errors.map(e);
        } catch (Refusal e) {
            return errors.map(e);
        } catch (RequestException e) {
            return ErrorMapper.answer(e.status().code(), e.status().reasonPhrase());
        } catch (RuntimeException e) {
            return errors.unexpected(e);
        }
    }

    private static Router.Arrival arrival(ServerRequest request, Body body) {
        return new Router.Arrival(
                request.prologue().method().text(),
                request.prologue().uriPath().rawPath(),
                request.prologue().query().rawValue(),
                peer(request),
                name -> header(request, name),
                body);
    }

    /** The address of the socket's other end, never a name that somebody's DNS made up. */
    private static String peer(ServerRequest request) {
        return request.remotePeer().address() instanceof InetSocketAddress address && address.getAddress() != null
                ? address.getAddress().getHostAddress()
                : request.remotePeer().host();
    }

    private static Optional<String> header(ServerRequest request, String name) {
        HeaderName header = HeaderNames.create(name);
        if (!request.headers().contains(header)) {
            return Optional.empty();
        }
        List<String> values = request.headers().get(header).allValues();
        if (values.size() > 1 && LISTS.contains(name.toLowerCase(Locale.ROOT))) {
            return Optional.of(String.join(", ", values));
        }
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    private void stream(ServerRequest request, ServerResponse response, Answer answer) {
        try (Answer.Streamed streamed = answer.streamed().orElseThrow()) {
            head(response, answer);
            response.header(HeaderValues.CONNECTION_CLOSE);
            if (request.prologue().method().text().equals("HEAD")) {
                response.send();
            } else {
                try (OutputStream out = response.outputStream()) {
                    streamed.writeTo(out);
                }
            }
        } catch (IOException | UncheckedIOException gone) {
            throw new CloseConnectionException("the client is gone", gone);
        }
    }

    private void head(ServerResponse response, Answer answer) {
        response.status(Status.create(answer.status()));
        answer.headers().forEach((name, value) -> response.header(create(name, value)));
        everywhere.forEach((name, value) -> response.header(create(name, value)));
        response.header(create("X-Content-Type-Options", "nosniff"));
        if (!answer.headers().containsKey("Cache-Control")) {
            response.header(create("Cache-Control", "no-store"));
        }
    }

    private void send(ServerRequest request, ServerResponse response, Body body, Answer answer) {
        head(response, answer);
        boolean last = isLast(request, body);
        if (last) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        boolean head = request.prologue().method().text().equals("HEAD");
        response.send(head ? new byte[0] : answer.body());
        if (last || !drained(request, body)) {
            // The header alone does not end it: the server would wait for a next request, or take the rest of the body
            // for it.
            throw new CloseConnectionException("this was the last answer");
        }
    }

    /**
     * Whether the connection ends with this answer: the client wants it so, or reading on to the next request is not possible
     * or worth it.
     */
    private static boolean isLast(ServerRequest request, Body body) {
        if (request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
            return true;
        }
        return switch (body.state()) {
            case READ -> false;
            case BROKEN -> true;
            case UNTOUCHED ->
                request.headers().contains(HeaderNames.TRANSFER_ENCODING)
                        || request.headers().contains(HeaderNames.EXPECT)
                        || request.headers().contentLength().orElse(0) > DRAINED;
        };
    }

    private static boolean drained(ServerRequest request, Body body) {
        if (body.state() == Body.State.READ || request.headers().contentLength().orElse(0) == 0) {
            return true;
        }
        try {
            body.read();
            return true;
        } catch (Refusal | KeptnException | RequestException e) {
            return false;
        }
    }

    private static Header create(String name, String value) {
        return HeaderValues.create(HeaderNames.create(name), value);
    }

    private static String known(String method) {
        return switch (method) {
            case "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH" -> method;
            default -> "other";
        };
    }
}
