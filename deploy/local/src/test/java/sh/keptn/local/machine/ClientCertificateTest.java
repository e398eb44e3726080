package sh.keptn.local.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientCertificateTest {
    private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";

    @TempDir
    private Path directory;

    @Test
    void namesAUserOfAGroupWhoHoldsItsKey() throws Exception {
        ClientCertificate.make("kube-apiserver", "system:masters").writeTo(directory.resolve("client"));

        X509Certificate certificate = certificate();
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=kube-apiserver,O=system:masters");
        assertThat(certificate.getExtendedKeyUsage()).containsExactly(CLIENT_AUTHENTICATION);
        Signature signed = Signature.getInstance("SHA256withECDSA");
        signed.initSign(key());
        signed.update(new byte[] {1});
        Signature checked = Signature.getInstance("SHA256withECDSA");
        checked.initVerify(certificate);
        checked.update(new byte[] {1});
        assertThat(checked.verify(signed.sign())).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("client.key"))))
                .isEqualTo("rw-------");
    }

    private X509Certificate certificate() throws Exception {
        try (InputStream pem = Files.newInputStream(directory.resolve("client.crt"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
    }

    private PrivateKey key() throws Exception {
        String body = Files.readString(directory.resolve("client.key")).replaceAll("-----[A-Z ]+-----|\n", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
    }
}
