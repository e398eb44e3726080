package sh.keptn.core.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Eight hex digits of a SHA-256: what makes a name that had to be cut unique again. */
public final class ShortHash {
    public static final int LENGTH = 8;

    private ShortHash() {}

    /** The first eight hex digits of the SHA-256 of the text's UTF-8 bytes. */
    public static String of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The text if it has at most {@code limit} characters, else cut, with a hyphen and its hash at the end. */
    public static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        String head = text.substring(0, limit - LENGTH - 1).replaceAll("[^A-Za-z0-9]+$", "");
        return head + "-" + of(text);
    }
}
