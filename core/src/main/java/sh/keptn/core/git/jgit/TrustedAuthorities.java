package sh.keptn.core.git.jgit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.ssl.TrustStrategy;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.GitAccess;

/** Whom one project trusts: the system's authorities and its own besides, or anybody if it says so. */
final class TrustedAuthorities {
    private TrustedAuthorities() {}

    static SSLContext contextFor(GitAccess access) {
        try {
            if (access.insecureSkipTls()) {
                TrustStrategy anybody = (chain, authType) -> true;
                return SSLContexts.custom().loadTrustMaterial(null, anybody).build();
            }
            if (access.caCertificates().isEmpty()) {
                return SSLContexts.createDefault();
            }
            return SSLContexts.custom()
                    .loadTrustMaterial(systemAnd(access.caCertificates().get()), null)
                    .build();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("TLS is not usable on this machine", e);
        }
    }

    private static KeyStore systemAnd(String pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        TrustManagerFactory system = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        system.init((KeyStore) null);
        int number = 0;
        for (TrustManager manager : system.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                for (X509Certificate authority : x509.getAcceptedIssuers()) {
                    store.setCertificateEntry("system-" + number++, authority);
                }
            }
        }
        for (Certificate authority : parse(pem)) {
            store.setCertificateEntry("project-" + number++, authority);
        }
        return store;
    }

    private static Iterable<? extends Certificate> parse(String pem) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        try {
            return factory.generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw KeptnException.invalid("ca.crt", "holds no certificates in PEM form");
        }
    }
}
