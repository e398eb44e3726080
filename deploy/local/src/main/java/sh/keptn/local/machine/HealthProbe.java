package sh.keptn.local.machine;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Asks a health URL; only a 200 within two seconds counts as healthy. */
final class HealthProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int OK = 200;

    private final Path authority;

    private HealthProbe(Path authority) {
        this.authority = authority;
    }

    /** The file of certificates may appear later: the API server writes its own at the first start. */
    static HealthProbe trusting(Path authority) {
        return new HealthProbe(authority);
    }

    boolean isHealthy(URI url) throws InterruptedException {
        try (HttpClient client = client(url, authority, PATIENCE)) {
            HttpRequest request =
                    HttpRequest.newBuilder(url).timeout(PATIENCE).GET().build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    static HttpClient client(URI url, Path authority, Duration patience) throws IOException {
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(patience);
        return url.getScheme().equals("https")
                ? client.sslContext(trustOnly(authority)).build()
                : client.build();
    }

    private static SSLContext trustOnly(Path authority) throws IOException {
        try (InputStream pem = Files.newInputStream(authority)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("certificate-" + trusted.size(), certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException unreadable) {
            throw new IOException("cannot read the certificates in " + authority, unreadable);
        }
    }
}
