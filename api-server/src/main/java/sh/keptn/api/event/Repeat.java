package sh.keptn.api.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * By what a second sending of the same event is known, within a day.
 *
 * @param key a digest: of the client's idempotency key, or of the event's source, id and body
 * @param body a digest of the body; a second body under the same idempotency key is a mistake of the client
 */
public record Repeat(String key, String body) {

    /** The client said by what it is known. */
    static Repeat ofIdempotencyKey(String key, String body) {
        return new Repeat(digest("key", key), digest("body", body));
    }

    /** The client's own source and id, of an event that is the same in every word. */
    static Repeat ofSourceAndId(String source, String id, String body) {
        String bodyDigest = digest("body", body);
        String all = String.join("\n", source, id, bodyDigest);
        return new Repeat(digest("event", all), bodyDigest);
    }

    private static String digest(String purpose, String content) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(purpose.getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
            return HexFormat.of().formatHex(sha.digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
