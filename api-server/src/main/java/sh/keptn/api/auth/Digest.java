package sh.keptn.api.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The SHA-256 of a token: compared in a time that tells nothing of where two differ. */
final class Digest {
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

    private final byte[] bytes;

    private Digest(byte[] bytes) {
        this.bytes = bytes;
    }

    static Digest of(String token) {
        try {
            return new Digest(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A digest as {@code sha256sum} prints it. */
    static Optional<Digest> ofHex(String text) {
        return HEX.matcher(text).matches()
                ? Optional.of(new Digest(HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT))))
                : Optional.empty();
    }

    boolean matches(Digest other) {
        return MessageDigest.isEqual(bytes, other.bytes);
    }

    /** As a key of caches: whoever reads it learns no token. */
    String hex() {
        return HexFormat.of().formatHex(bytes);
    }
}
