package sh.keptn.operator.management;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Health and metrics.
 *
 * <pre>
 * curl http://localhost:8081/livez    200 ok, or 503: restart me
 * curl http://localhost:8081/readyz   200 ok, or 503: not yet, or not any more
 * curl http://localhost:8081/metrics  Prometheus
 * </pre>
 */
public final class ManagementServer implements AutoCloseable {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads;

    private ManagementServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** Starts serving; port 0 takes any that is free. */
    public static ManagementServer start(
            InetSocketAddress address, Check live, Check ready, PrometheusMeterRegistry metrics) {
        try {
            HttpServer server = HttpServer.create(address, 0);
            ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
            server.setExecutor(threads);
            server.createContext("/livez", health(live));
            server.createContext("/readyz", health(ready));
            server.createContext("/metrics", exchange -> answer(exchange, 200, PROMETHEUS, metrics.scrape()));
            server.createContext("/", exchange -> answer(exchange, 404, TEXT, "not found\n"));
            server.start();
            return new ManagementServer(server, threads);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot serve health and metrics at " + address, e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static HttpHandler health(Check check) {
        return exchange -> {
            Optional<String> flaw = check.flaw();
            answer(exchange, flaw.isEmpty() ? 200 : 503, TEXT, flaw.orElse("ok") + "\n");
        };
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
