package sh.keptn.api.hook;

import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMACs by the names that Git hosts use for their hash functions. */
final class Hmac {
    private Hmac() {}

    /**
     * The HMAC of the parts, one after the other.
     *
     * @param function {@code sha256}, {@code sha384} or {@code sha512}
     */
    static byte[] of(String function, byte[] key, byte[]... parts) {
        String algorithm = "Hmac" + function.toUpperCase(Locale.ROOT);
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
