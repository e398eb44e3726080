package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.api.tls.GivenCertificate;

/** HTTPS by file, as cert-manager keeps the files: a folder that is swapped for another by a link. */
class TlsIT {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final GivenCertificate FIRST = GivenCertificate.make();
    private static final GivenCertificate SECOND = GivenCertificate.make("-keyalg", "RSA", "-keysize", "2048");
    private static final Path FOLDER = folder();
    private static final Path LINK = FOLDER.resolve("..data");

    @RegisterExtension
    static final ApiExtension api = new ApiExtension()
            .with("KEPTN_TLS_CERT_FILE", LINK.resolve("tls.crt").toString())
            .with("KEPTN_TLS_KEY_FILE", LINK.resolve("tls.key").toString())
            .with("KEPTN_PATH_PREFIX", "/keptn")
            .with("KEPTN_READ_TIMEOUT", "2s");

    @BeforeEach
    void givenTheFirst() {
        mount(FIRST);
        Awaitility.await("the first certificate").until(() -> shown().equals(FIRST.certificate()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void servesBothVersionsOfTls(String version) throws Exception {
        HttpClient client = client(FIRST, version);

        HttpResponse<String> response = get(client, "/keptn/api/v1/metadata");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.sslSession().orElseThrow().getProtocol()).isEqualTo(version);
    }

    @Test
    void speaksHttp11ToThoseWhoOfferMore() throws Exception {
        HttpResponse<String> response = get(client(FIRST, "TLSv1.3"), "/keptn/api/health");

        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    @Test
    void redirectsWithoutNamingSchemeOrHost() throws Exception {
        HttpResponse<String> response = get(client(FIRST, "TLSv1.3"), "/keptn/api");

        assertThat(response.statusCode()).isEqualTo(301);
        assertThat(response.headers().firstValue("Location")).hasValue("api/swagger-ui/");
        assertThat(response.headers().firstValue("Strict-Transport-Security")).isEmpty();
    }

    @Test
    void showsARenewedCertificateWithoutARestart() throws Exception {
        mount(SECOND);

        Awaitility.await("the second certificate").until(() -> shown().equals(SECOND.certificate()));

        assertThat(get(client(SECOND, "TLSv1.2"), "/keptn/api/health").statusCode())
                .isEqualTo(200);
        assertThatThrownBy(() -> get(client(FIRST, "TLSv1.3"), "/keptn/api/health"))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void keepsTheLastGoodCertificateWhenTheNextIsBad() throws Exception {
        Path bad = Files.createTempDirectory(FOLDER, "bad");
        Files.writeString(bad.resolve("tls.crt"), SECOND.certificatePem());
        Files.writeString(bad.resolve("tls.key"), FIRST.keyPem());
        link(bad);
        shown();

        Awaitility.await().during(Duration.ofMillis(1500)).until(() -> shown().equals(FIRST.certificate()));
    }

    @Test
    void doesNotAnswerPlainHttp() {
        try (RawSocket socket = new RawSocket(api.port())) {
            assertThat(socket.send("GET /keptn/api/health HTTP/1.1\r\nHost: h\r\n\r\n")
                            .untilClosed())
                    .doesNotContain("HTTP/1.1");
        }
    }

    @Test
    void cutsAClientThatDoesNotShakeHands() {
        try (RawSocket socket = new RawSocket(api.port())) {
            assertThat(socket.untilClosed()).isEmpty();
        }
    }

    @Test
    void cutsAClientThatStopsInItsHeaders() throws Exception {
        try (Socket socket = connected()) {
            socket.getOutputStream().write("GET /keptn/api/health HTTP/1.1\r\nX-".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();

            assertThat(new String(readAll(socket), StandardCharsets.US_ASCII)).doesNotContain("200 OK");
        }
    }

    @Test
    void tellsBrowsersToComeByHttpsAloneWhereThatIsWanted() throws Exception {
        api.stop();
        api.with("KEPTN_HSTS_MAX_AGE", "24h").start();
        try {
            HttpResponse<String> response = get(client(FIRST, "TLSv1.3"), "/keptn/api/v1/nothing");

            assertThat(response.headers().firstValue("Strict-Transport-Security"))
                    .hasValue("max-age=86400");
        } finally {
            api.stop();
            api.with("KEPTN_HSTS_MAX_AGE", "").start();
        }
    }

    /** As the kubelet does it: a new folder, then one rename of the link. */
    private static void mount(GivenCertificate given) {
        try {
            Path folder = Files.createTempDirectory(FOLDER, "mounted");
            given.writeTo(folder.resolve("tls.crt"), folder.resolve("tls.key"));
            link(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void link(Path folder) throws IOException {
        Path link = Files.createSymbolicLink(FOLDER.resolve("..data_tmp"), folder);
        Files.move(link, LINK, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("keptn-tls");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static {
        mount(FIRST);
    }

    /** The certificate that a new connection sees now. */
    private static X509Certificate shown() throws Exception {
        GivenCertificate[] either = {FIRST, SECOND};
        for (GivenCertificate given : either) {
            try (SSLSocket socket =
                    (SSLSocket) given.trusting().getSocketFactory().createSocket("127.0.0.1", api.port())) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.startHandshake();
                return (X509Certificate) socket.getSession().getPeerCertificates()[0];
            } catch (SSLException e) {
                // Not this one.
            }
        }
        throw new IllegalStateException("neither certificate is shown");
    }

    private static SSLSocket connected() throws IOException {
        SSLSocket socket = (SSLSocket) FIRST.trusting().getSocketFactory().createSocket("127.0.0.1", api.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.startHandshake();
        return socket;
    }

    private static byte[] readAll(Socket socket) throws IOException {
        try (InputStream in = socket.getInputStream()) {
            return in.readAllBytes();
        } catch (SSLException e) {
            // Cut without the farewell of TLS.
            return new byte[0];
        }
    }

    private static HttpClient client(GivenCertificate trusted, String version) {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {version});
        return HttpClient.newBuilder()
                .sslContext(trusted.trusting())
                .sslParameters(parameters)
                .version(HttpClient.Version.HTTP_2)
                .build();
    }

    private static HttpResponse<String> get(HttpClient client, String path) throws IOException, InterruptedException {
        try (client) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + api.port() + path))
                            .header("x-token", ApiExtension.TOKEN)
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
