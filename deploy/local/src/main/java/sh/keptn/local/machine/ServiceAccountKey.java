package sh.keptn.local.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The RSA key with which the local cluster signs the tokens of its service accounts. */
final class ServiceAccountKey {

    private static final int BITS = 2048;
    private static final int PEM_LINE = 64;

    private final byte[] pkcs8;

    private ServiceAccountKey(byte[] pkcs8) {
        this.pkcs8 = pkcs8;
    }

    static ServiceAccountKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return new ServiceAccountKey(
                    generator.generateKeyPair().getPrivate().getEncoded());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK brings RSA", impossible);
        }
    }

    /** Writes the key for its owner's eyes only. A file that is there is complete: it appears by a rename. */
    void writeTo(Path file) throws IOException {
        Base64.Encoder lines = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'});
        String pem = "-----BEGIN PRIVATE KEY-----\n" + lines.encodeToString(pkcs8) + "\n-----END PRIVATE KEY-----\n";
        Path directory = file.toAbsolutePath().getParent();
        Path half = Files.createTempFile(
                directory,
                "key",
                ".half",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(half, pem.getBytes(StandardCharsets.US_ASCII));
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
