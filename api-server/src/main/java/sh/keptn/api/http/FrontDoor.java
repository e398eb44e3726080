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
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

    private final Router router;
    private final HttpLimits limits;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Semaphore permits;
    private final BodyMemory bodies;
    private final ErrorMapper errors = new ErrorMapper();

    FrontDoor(Router router, HttpLimits limits, MeterRegistry meters, Clock clock) {
        this.router = router;
        this.limits = limits;
        this.meters = meters;
        this.clock = clock;
        this.permits = new Semaphore(limits.concurrentRequests());
        this.bodies = BodyMemory.ofHeap(limits.bodyBytes(), PATIENCE);
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Body body = new Body(
                () -> request.content().inputStream(), request.headers().contentLength(), limits, bodies, clock);
        try (body) {
            handle(request, response, body);
        }
    }

    private void handle(ServerRequest request, ServerResponse response, Body body) {
        if (!permits.tryAcquire()) {
            send(
                    request,
                    response,
                    body,
                    ErrorMapper.answer(503, "too many requests at one time").with("Retry-After", "1"));
            return;
        }
        Timer.Sample sample = Timer.start(meters);
        String[] template = {"none"};
        int status = 500;
        try {
            Answer answer = answer(request, body, template);
            status = answer.status();
            send(request, response, body, answer);
        } finally {
            permits.release();
            sample.stop(meters.timer(
                    "keptn.http.requests",
                    "method",
                    known(request.prologue().method().text()),
                    "route",
                    template[0],
                    "status",
                    Integer.toString(status)));
        }
    }

    // The last handler: whatever is thrown becomes an answer.
    private Answer answer(ServerRequest request, Body body, String[] template) {
        try {
            return router.route(arrival(request, body), found -> template[0] = found);
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
                body::read);
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
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    private static void send(ServerRequest request, ServerResponse response, Body body, Answer answer) {
        response.status(Status.create(answer.status()));
        answer.headers().forEach((name, value) -> response.header(create(name, value)));
        response.header(create("X-Content-Type-Options", "nosniff"));
        if (!answer.headers().containsKey("Cache-Control")) {
            response.header(create("Cache-Control", "no-store"));
        }
        boolean last = isLast(request, body);
        if (last) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        boolean head = request.prologue().method().text().equals("HEAD");
        response.send(head ? new byte[0] : answer.body());
        if (last || !drained(request, body)) {
            // The header alone does not end it: the server would take the rest of the body for the next request.
            throw new CloseConnectionException("the body was not read to its end");
        }
    }

    /** Whether the connection ends with this answer, because reading on to the next request is not possible or worth it. */
    private static boolean isLast(ServerRequest request, Body body) {
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
