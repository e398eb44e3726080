package sh.keptn.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Stands between the operator and a real API server, hands on each request, and answers some as an API server does that
 * has too much to do. It remembers who came back before he was told to.
 */
final class ApiProxy implements AfterAllCallback {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "content-length", "host", "upgrade", "http2-settings", "transfer-encoding", ":status");

    private final HttpServer server;
    private final HttpClient client;
    private final URI target;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Instant> notBefore = new ConcurrentHashMap<>();
    private final List<String> tooEarly = new CopyOnWriteArrayList<>();
    private final AtomicInteger left = new AtomicInteger();
    private volatile Predicate<String> refused = request -> false;
    private volatile Duration pause = Duration.ZERO;

    ApiProxy(Config access) {
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, SSLUtils.trustManagers(access), new SecureRandom());
            client = HttpClient.newBuilder()
                    .sslContext(tls)
                    .version(HttpClient.Version.HTTP_1_1)
                    .executor(threads)
                    .build();
            target = URI.create(access.getMasterUrl());
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** The same access, by way of this proxy. */
    Config through(Config access) {
        return new ConfigBuilder(access)
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort() + "/")
                .build();
    }

    /** The next requests that fit, as {@code METHOD /path}, are too many, and may come again after the pause. */
    void tooMany(int count, Duration retryAfter, Predicate<String> which) {
        pause = retryAfter;
        refused = which;
        left.set(count);
    }

    /** How many are still to be refused. */
    int left() {
        return left.get();
    }

    /** The requests that came again before they were told to. */
    List<String> tooEarly() {
        return List.copyOf(tooEarly);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
                // Without web sockets a client watches by plain HTTP.
                exchange.sendResponseHeaders(UNAVAILABLE, -1);
                return;
            }
            if (refused.test(request)) {
                Instant now = Instant.now();
                if (now.isBefore(notBefore.getOrDefault(request, now))) {
                    tooEarly.add(request);
                }
                if (left.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
                    notBefore.put(request, now.plus(pause));
                    exchange.getResponseHeaders().set("Retry-After", Long.toString(pause.toSeconds()));
                    exchange.sendResponseHeaders(TOO_MANY_REQUESTS, -1);
                    return;
                }
            }
            handOn(exchange);
        }
    }

    private void handOn(HttpExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        HttpResponse<InputStream> answer = answer(request.build());
        if (answer == null) {
            return;
        }
        answer.headers().map().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        exchange.sendResponseHeaders(answer.statusCode(), 0);
        try (InputStream in = answer.body();
                OutputStream out = exchange.getResponseBody()) {
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                // A watch tells each change when it happens.
                out.flush();
            }
        }
    }

    private @Nullable HttpResponse<InputStream> answer(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.stop(0);
        client.shutdownNow();
        threads.shutdownNow();
    }
}
