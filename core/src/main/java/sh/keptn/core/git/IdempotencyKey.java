package sh.keptn.core.git;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * By what a write is known if it is sent again. The key stands on the commit, as a digest, beside a digest of what was to
 * be written: so every process that sees the branch knows it, also after a restart.
 *
 * @param digest the SHA-256 of the key's text in hex
 */
public record IdempotencyKey(String digest) {
    public static final String KEY_TRAILER = "Keptn-Idempotency-Key";
    public static final String CONTENT_TRAILER = "Keptn-Idempotency-Content";

    public static IdempotencyKey of(String text) {
        return new IdempotencyKey(HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8))));
    }

    /** The trailers that a commit of these changes carries. */
    public Map<String, String> trailers(List<Change> changes) {
        Map<String, String> trailers = new LinkedHashMap<>();
        trailers.put(KEY_TRAILER, digest);
        trailers.put(CONTENT_TRAILER, contentDigest(changes));
        return trailers;
    }

    /** What was to be written, as a digest: the same changes in the same order give the same. */
    public static String contentDigest(List<Change> changes) {
        MessageDigest sha = sha256();
        for (Change change : changes) {
            switch (change) {
                case Change.Put put -> {
                    add(sha, "put", put.path());
                    sha.update(sha256().digest(put.content().bytes()));
                }
                case Change.Delete delete -> add(sha, "delete", delete.path());
                case Change.Clear clear -> add(sha, "clear", clear.path());
            }
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    /** The value of a trailer in a commit's message. */
    public static Optional<String> trailer(String message, String name) {
        String start = name + ": ";
        return message.lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst();
    }

    private static void add(MessageDigest sha, String kind, String path) {
        sha.update((kind + " " + path + "\0").getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
