package sh.keptn.api.hook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import sh.keptn.crds.project.WebhookToken;

/**
 * The signature of Standard Webhooks, which GitLab uses with a signing token: an HMAC of {@code <id>.<time>.<body>},
 * any one of a list. How old the time is does not matter here: a call that comes again has no second effect.
 */
final class MessageSignature implements Proof {
    private static final String KEY_PREFIX = "whsec_";
    private static final String VERSION = "v1,";

    private final String id;
    private final String time;
    private final List<String> given;

    MessageSignature(String id, String time, List<String> given) {
        this.id = id;
        this.time = time;
        this.given = List.copyOf(given);
    }

    @Override
    public boolean holds(WebhookToken token, byte[] body) {
        byte[] mac = Hmac.of("sha256", key(token), (id + "." + time + ".").getBytes(UTF_8), body);
        byte[] right = (VERSION + Base64.getEncoder().encodeToString(mac)).getBytes(UTF_8);
        boolean found = false;
        for (String one : given) {
            found |= MessageDigest.isEqual(right, one.getBytes(UTF_8));
        }
        return found;
    }

    /** A token that is no signing token is a key as it stands, so that both take the same time. */
    private static byte[] key(WebhookToken token) {
        String text = token.reveal();
        try {
            return text.startsWith(KEY_PREFIX)
                    ? Base64.getDecoder().decode(text.substring(KEY_PREFIX.length()))
                    : text.getBytes(UTF_8);
        } catch (IllegalArgumentException e) {
            return text.getBytes(UTF_8);
        }
    }
}
