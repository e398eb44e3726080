package sh.keptn.operator.render.helm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cluster with nothing in it, on the worker's own loopback address. Helm's engine asks a cluster whenever a chart says
 * {@code lookup}, even when it only renders, and takes the first it finds; so it finds this one, and every lookup is
 * answered as {@code helm template} answers it: empty.
 */
final class EmptyCluster {
    private static final Pattern VERSION = Pattern.compile("/api/([^/]+)|/apis/([^/]+/[^/]+)");
    private static final String NOTHING =
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"NotFound\",\"code\":404}";

    private EmptyCluster() {}

    /** Serves for as long as the process lives, and writes the kubeconfig that leads to it. */
    static void start(Path kubeconfig) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", EmptyCluster::answer);
        server.start();
        Files.writeString(kubeconfig, """
                apiVersion: v1
                kind: Config
                current-context: empty
                contexts: [{name: empty, context: {cluster: empty, user: nobody}}]
                users: [{name: nobody, user: {}}]
                clusters: [{name: empty, cluster: {server: "http://127.0.0.1:%d"}}]
                """.formatted(server.getAddress().getPort()));
    }

    private static void answer(HttpExchange exchange) throws IOException {
        Matcher version = VERSION.matcher(exchange.getRequestURI().getPath());
        // Only discovery asks with a time-out; an object of the core group could have the path of a version.
        String query = exchange.getRequestURI().getQuery();
        boolean discovery = query != null && query.startsWith("timeout=") && version.matches();
        String body = NOTHING;
        if (discovery) {
            String name = version.group(1) != null ? version.group(1) : version.group(2);
            body = """
                    {"kind":"APIResourceList","apiVersion":"v1","groupVersion":"%s","resources":[]}
                    """.formatted(name.replaceAll("[^A-Za-z0-9./-]", ""));
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(discovery ? 200 : 404, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
