package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sh.keptn.api.tls.GivenCertificate;

/** What the shipped gateway hands on, seen from behind it: a server that takes everything and remembers it. */
class GatewayWireIT {
    private static final String LISTEN = "listen 127.0.0.1:%d;";

    @TempDir
    Path folder;

    private final List<Arrived> arrived = new CopyOnWriteArrayList<>();
    private final CountDownLatch streamEnds = new CountDownLatch(1);
    private HttpServer behind;

    private record Arrived(String method, String path, String authorization, String forwardedFor, int length) {}

    @BeforeEach
    void start() throws IOException {
        behind = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        behind.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        behind.createContext("/", exchange -> {
            int length = exchange.getRequestBody().readAllBytes().length;
            var headers = exchange.getRequestHeaders();
            arrived.add(new Arrived(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    String.valueOf(headers.getFirst("Authorization")),
                    String.valueOf(headers.get("X-Forwarded-For")),
                    length));
            boolean stream = exchange.getRequestURI().getPath().endsWith("/stream");
            exchange.getResponseHeaders().set("Content-Type", stream ? "text/event-stream" : "text/plain");
            exchange.sendResponseHeaders(200, stream ? 0 : -1);
            if (stream) {
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write("id: 1\n".getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    streamEnds.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            exchange.close();
        });
        behind.start();
    }

    @AfterEach
    void stop() {
        streamEnds.countDown();
        behind.stop(0);
    }

    @Test
    void handsEventsOnAsTheyCome() throws Exception {
        try (Nginx gateway = gateway(LISTEN);
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> response = client.send(
                    request(gateway, "/api/v1/event/stream")
                            .header("Accept", "text/event-stream")
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());

            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.US_ASCII))) {
                assertThat(lines.readLine()).isEqualTo("id: 1");
                streamEnds.countDown();
                assertThat(lines.readLine()).isNull();
            }
        }
        assertThat(arrived).extracting(Arrived::path).containsExactly("/api/v1/event/stream");
    }

    @Test
    void handsOnTheCallAsItCameAndTellsFromWhom() throws Exception {
        String path = "/api/controlPlane/v1//a%252Fb%2Fc%20d+e;f?g=%2F&h";
        try (Nginx gateway = gateway(LISTEN);
                HttpClient client = HttpClient.newHttpClient()) {
            client.send(
                    request(gateway, path)
                            .header("Authorization", "Bearer b")
                            .header("X-Forwarded-For", "9.9.9.9")
                            .PUT(BodyPublishers.ofString("x".repeat(100_000)))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        }
        assertThat(arrived)
                .containsExactly(
                        new Arrived("GET", "/api/v1/auth", "Bearer b", "[9.9.9.9, 127.0.0.1]", 0),
                        new Arrived("PUT", path, "Bearer b", "[9.9.9.9, 127.0.0.1]", 100_000));
    }

    @Test
    void letsLargerBodiesInForAnImportAlone() throws Exception {
        byte[] large = new byte[6 << 20];
        try (Nginx gateway = gateway(LISTEN);
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest taken = request(gateway, "/api/v1/import?project=p")
                    .POST(BodyPublishers.ofByteArray(large))
                    .build();

            assertThat(client.send(taken, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);

            assertThat(new RawCall("POST /api/v1/import")
                            .with("Content-Length: 52428801")
                            .to(gateway.port())
                            .status())
                    .isEqualTo(413);
            assertThat(new RawCall("POST /api/v1/event")
                            .with("Content-Length: 5242881")
                            .to(gateway.port())
                            .status())
                    .isEqualTo(413);
        }
        assertThat(arrived).extracting(Arrived::length).containsExactly(6 << 20);
    }

    @Test
    void servesHttpsWithACertificateThatMayBeRenewed() throws Exception {
        GivenCertificate first = GivenCertificate.make();
        GivenCertificate second = GivenCertificate.make();
        Path certificate = folder.resolve("tls.crt");
        Path key = folder.resolve("tls.key");
        first.writeTo(certificate, key);
        String listen = "listen 127.0.0.1:%d ssl; ssl_protocols TLSv1.2 TLSv1.3; ssl_certificate " + certificate
                + "$now; ssl_certificate_key " + key + "$now;";
        try (Nginx gateway = gateway(listen)) {
            assertThat(status(first, gateway)).isEqualTo(200);

            second.writeTo(certificate, key);

            assertThat(status(second, gateway)).isEqualTo(200);
            assertThatThrownBy(() -> status(first, gateway)).isInstanceOf(SSLException.class);
        }
    }

    private Nginx gateway(String listen) {
        return Nginx.start(folder, listen, behind.getAddress().getPort(), "");
    }

    private static int status(GivenCertificate trusted, Nginx gateway) throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(trusted.trusting()).build()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + gateway.port() + "/nginx-health"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static HttpRequest.Builder request(Nginx gateway, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                .timeout(Duration.ofSeconds(30));
    }
}
