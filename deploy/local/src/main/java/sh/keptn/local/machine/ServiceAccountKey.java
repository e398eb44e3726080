package sh.keptn.local.machine;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;

/** The RSA key with which the local cluster signs the tokens of its service accounts. */
final class ServiceAccountKey {

    private static final int BITS = 2048;

    private final Pem pem;

    private ServiceAccountKey(Pem pem) {
        this.pem = pem;
    }

    static ServiceAccountKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return new ServiceAccountKey(
                    Pem.privateKey(generator.generateKeyPair().getPrivate().getEncoded()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK brings RSA", impossible);
        }
    }

    /** Writes the key for its owner's eyes only. A file that is there is complete: it appears by a rename. */
    void writeTo(Path file) throws IOException {
        pem.writeTo(file);
    }
}
