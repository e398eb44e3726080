package sh.keptn.local.machine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/**
 * A key, and a certificate that it signed itself, with which a client proves who it is to a server that was given the
 * certificate beforehand. The JDK's own keytool makes both: no class of the JDK's interface does.
 */
final class ClientCertificate {

    private static final String ALIAS = "client";
    private static final String PASSWORD = "not-kept"; // of a file that is gone when this returns

    private final Pem key;
    private final Pem certificate;

    private ClientCertificate(Pem key, Pem certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /** One for a user of Kubernetes and the group it is in; good for ten years. */
    static ClientCertificate make(String user, String group) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("client-certificate"); // for its owner's eyes only
        Path store = folder.resolve("store.p12");
        try {
            keytool(store, "CN=" + user + ", O=" + group);
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(new ByteArrayInputStream(Files.readAllBytes(store)), PASSWORD.toCharArray());
            return new ClientCertificate(
                    Pem.privateKey(keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()),
                    Pem.certificate(keys.getCertificate(ALIAS).getEncoded()));
        } catch (GeneralSecurityException unreadable) {
            throw new IOException("cannot read what keytool made", unreadable);
        } finally {
            Files.deleteIfExists(store);
            Files.delete(folder);
        }
    }

    /** Writes FILE.crt and then FILE.key: where the key is, both are. */
    void writeTo(Path file) throws IOException {
        certificate.writeTo(file.resolveSibling(file.getFileName() + ".crt"));
        key.writeTo(file.resolveSibling(file.getFileName() + ".key"));
    }

    private static void keytool(Path store, String subject) throws IOException, InterruptedException {
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        tool,
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        subject,
                        "-ext",
                        "ku=digitalSignature",
                        "-ext",
                        "eku=clientAuth",
                        "-validity",
                        "3650",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + words);
        }
    }
}
