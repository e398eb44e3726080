package sh.keptn.api.hook;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import sh.keptn.crds.project.WebhookToken;

/**
 * What a Git host shows to prove that it knows the token. Of the headers below the first that is there counts and no
 * other: a wrong signature is not made good by a right one beside it.
 */
sealed interface Proof permits BodySignature, MessageSignature, ShownToken {
    /** Whether it holds for that token and exactly these bytes; takes as long whether it does or not. */
    boolean holds(WebhookToken token, byte[] body);

    /** The proof in a call's headers; empty if there is none, or one that cannot be right for any token. */
    static Optional<Proof> of(Function<String, Optional<String>> headers) {
        List<Scheme> schemes = List.of(
                // GitHub; Gitea and Forgejo send it beside their own.
                new Scheme("X-Hub-Signature-256", value -> named(value, "sha256")),
                new Scheme("X-Forgejo-Signature", value -> hex("sha256", value)),
                new Scheme("X-Gitea-Signature", value -> hex("sha256", value)),
                // GitLab with a signing token: the rules of Standard Webhooks.
                new Scheme("webhook-signature", value -> message(value, headers)),
                // GitLab with a secret token.
                new Scheme("X-Gitlab-Token", value -> Optional.of(new ShownToken(value))),
                // Bitbucket. GitHub's header of this name holds SHA-1 and is never looked at.
                new Scheme("X-Hub-Signature", value -> named(value, "sha256")),
                // Everybody else.
                new Scheme("X-Signature", value -> named(value, "sha256", "sha384", "sha512")));
        for (Scheme scheme : schemes) {
            Optional<String> value = headers.apply(scheme.header()).map(String::strip);
            if (value.isPresent()) {
                return value.flatMap(scheme.reader());
            }
        }
        return Optional.empty();
    }

    /** A header, and how it is read. */
    record Scheme(String header, Function<String, Optional<Proof>> reader) {}

    /** {@code <hash function>=<hex>} with one of these functions. */
    private static Optional<Proof> named(String value, String... functions) {
        int equals = value.indexOf('=');
        String function = value.substring(0, Math.max(0, equals));
        return List.of(functions).contains(function) ? hex(function, value.substring(equals + 1)) : Optional.empty();
    }

    private static Optional<Proof> hex(String function, String value) {
        try {
            return Optional.of(new BodySignature(function, HexFormat.of().parseHex(value)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Proof> message(String value, Function<String, Optional<String>> headers) {
        return headers.apply("webhook-id")
                .flatMap(id -> headers.apply("webhook-timestamp")
                        .map(time -> new MessageSignature(id, time, List.of(value.split(" ", -1)))));
    }
}
