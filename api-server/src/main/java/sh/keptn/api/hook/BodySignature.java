package sh.keptn.api.hook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import sh.keptn.crds.project.WebhookToken;

/** The HMAC of the body with the token as its key: GitHub, Gitea, Forgejo, Bitbucket and whoever signs by hand. */
final class BodySignature implements Proof {
    private final String function;
    private final byte[] given;

    BodySignature(String function, byte[] given) {
        this.function = function;
        this.given = given.clone();
    }

    @Override
    public boolean holds(WebhookToken token, byte[] body) {
        return MessageDigest.isEqual(Hmac.of(function, token.reveal().getBytes(UTF_8), body), given);
    }
}
