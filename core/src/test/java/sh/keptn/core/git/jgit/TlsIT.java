package sh.keptn.core.git.jgit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.error.UpstreamFault;
import sh.keptn.core.git.AddressPolicy;
import sh.keptn.core.git.GitAccess;
import sh.keptn.core.git.GitAuthor;
import sh.keptn.core.git.GitLimits;
import sh.keptn.core.git.GitUrl;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.ProjectName;

/** An upstream whose certificate nobody but its own project trusts. */
class TlsIT {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path directory;

    private LocalHost host;
    private HttpsServer front;
    private String authority;
    private JGitStore store;
    private Upstream plain;

    @BeforeEach
    void startAll() throws Exception {
        host = new LocalHost(directory.resolve("server"));
        plain = host.upstream("sockshop");
        KeyStore keys = selfSigned();
        authority = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(keys.getCertificate("server").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        front = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        front.setHttpsConfigurator(new HttpsConfigurator(tls));
        HttpClient client = HttpClient.newHttpClient();
        front.createContext("/", exchange -> {
            URI target = URI.create("http://127.0.0.1:" + host.port() + exchange.getRequestURI());
            HttpRequest request = HttpRequest.newBuilder(target)
                    .header("Authorization", exchange.getRequestHeaders().getFirst("Authorization"))
                    .build();
            try {
                HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
                exchange.getResponseHeaders()
                        .add(
                                "Content-Type",
                                answer.headers().firstValue("Content-Type").orElse(""));
                exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(answer.body());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        front.start();
        store = new JGitStore(
                directory.resolve("mirrors"),
                GitAuthor.KEPTN,
                GitLimits.DEFAULT,
                new AddressPolicy(true, true),
                Clock.systemUTC());
    }

    @AfterEach
    void stopAll() {
        store.close();
        front.stop(0);
        host.close();
    }

    /** The JDK has no interface for making certificates, only a tool. */
    private KeyStore selfSigned() throws IOException, InterruptedException, GeneralSecurityException {
        Path file = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private Upstream secure(String host, String project, Optional<String> trusted, boolean skip) {
        return new Upstream(
                new ProjectName(project),
                new GitUrl("https://" + host + ":" + front.getAddress().getPort() + "/sockshop.git"),
                new GitAccess(plain.access().authentication(), trusted, skip, Optional.empty()),
                Optional.empty(),
                plain.timeout());
    }

    private UpstreamFault faultOf(Upstream upstream) {
        KeptnException failure = catchThrowableOfType(KeptnException.class, () -> store.heads(upstream));
        assertThat(failure).isNotNull();
        assertThat(failure.error()).isInstanceOf(KeptnError.Upstream.class);
        return ((KeptnError.Upstream) failure.error()).fault();
    }

    @Test
    void refusesAnUnknownAuthority() {
        assertThat(faultOf(secure("localhost", "one", Optional.empty(), false))).isEqualTo(UpstreamFault.TLS);
    }

    @Test
    void trustsTheAuthorityThatTheProjectNames() {
        assertThat(store.heads(secure("localhost", "one", Optional.of(authority), false))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void refusesACertificateOfAnotherHost() {
        assertThat(faultOf(secure("127.0.0.1", "one", Optional.of(authority), false)))
                .isEqualTo(UpstreamFault.TLS);
    }

    @Test
    void skipsTheCheckForThatProjectAlone() {
        assertThat(store.heads(secure("127.0.0.1", "one", Optional.empty(), true))
                        .isEmpty())
                .isTrue();
        assertThat(faultOf(secure("127.0.0.1", "two", Optional.empty(), false))).isEqualTo(UpstreamFault.TLS);
    }
}
