package sh.keptn.api.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Where a certificate and its key stand, as PEM: what cert-manager, or {@code kubectl create secret tls}, mounts.
 *
 * @param certificate the server's own first, then those that lead to the root
 * @param key PKCS#8, PKCS#1 (RSA) or SEC1 (EC), without a passphrase
 */
public record TlsFiles(Path certificate, Path key) {
    private static final int MAX_BYTES = 1 << 20;

    /** Both files as they stood at one moment. */
    @SuppressWarnings("ArrayRecordComponent") // compared by isSameAs alone
    record Content(byte[] certificate, byte[] key) {
        boolean isSameAs(Content other) {
            return Arrays.equals(certificate, other.certificate) && Arrays.equals(key, other.key);
        }
    }

    /**
     * The same, having been read and understood once.
     *
     * @throws IllegalArgumentException that names the file and says what is wrong with it
     */
    public TlsFiles checked() {
        Identity _ = Identity.of(this, content());
        return this;
    }

    /**
     * What stands there now.
     *
     * @throws IllegalArgumentException that names the file
     */
    Content content() {
        return new Content(read(certificate), read(key));
    }

    private static byte[] read(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IllegalArgumentException(file + " is larger than " + MAX_BYTES + " bytes");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + " does not exist", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read", e);
        }
    }
}
