package sh.keptn.crds.project;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What a Git host signs its calls with. It also decides the address that the host calls, so that the operator, which tells
 * the address, and the API server, which answers there, need nothing in common but the Secret; and that a new token means
 * a new address. Never prints.
 */
public final class WebhookToken {
    /** Its key in the Secret. */
    public static final String KEY = "token";

    /** The address stands in a status that many may read: a short token could be found from it by trying. */
    public static final int MIN_LENGTH = 16;

    private static final String PREFIX = "/hooks/git/";

    private final String value;

    private WebhookToken(String value) {
        this.value = value;
    }

    /**
     * The token as people write it; blanks and line ends around it do not count.
     *
     * @throws IllegalArgumentException with words for whoever made the Secret
     */
    public static WebhookToken of(String text) {
        String value = text.strip();
        if (value.length() < MIN_LENGTH) {
            throw new IllegalArgumentException("must have at least " + MIN_LENGTH + " characters");
        }
        return new WebhookToken(value);
    }

    /**
     * The same from a Secret's data.
     *
     * @throws IllegalArgumentException with words for whoever made the Secret
     */
    public static WebhookToken ofEncoded(String base64) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
            return of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("must be text in UTF-8", e);
        }
    }

    /** Where the Git host announces a project's pushes, below the API server's address. */
    public String path(String namespace, String project) {
        return PREFIX + project + "/" + opaque(namespace, project);
    }

    /**
     * The last part of the path: a plain hash, for an HMAC with the token of a text that is known would be a right
     * signature, and everybody who may read the status could send that text. No name holds the separator.
     */
    public String opaque(String namespace, String project) {
        String text = String.join("\0", "keptn.sh/webhook", namespace, project, value);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The token itself, for the one place that signs or compares. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
