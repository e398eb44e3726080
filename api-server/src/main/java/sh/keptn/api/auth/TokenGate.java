package sh.keptn.api.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import sh.keptn.api.http.Gate;
import sh.keptn.core.config.Secret;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/**
 * Asks for Keptn's token in the header {@code x-token}; nothing else is a token, neither a bearer nor a query parameter.
 * What is compared are digests of equal length, in constant time. A right token always comes in; wrong ones are
 * throttled by the address they come from.
 */
public final class TokenGate implements Gate {
    private static final String HEADER = "x-token";
    private static final Duration SOON = Duration.ofSeconds(5);

    private final TokenSource source;
    private final Guesses guesses;

    public TokenGate(TokenSource source, Guesses guesses) {
        this.source = source;
        this.guesses = guesses;
    }

    @Override
    public void pass(String peer, Function<String, Optional<String>> headers) {
        Secret valid = source.token()
                .filter(token -> !token.isBlank())
                .orElseThrow(
                        () -> new KeptnException(new KeptnError.Unavailable("no API token is configured yet", SOON)));
        String given = headers.apply(HEADER)
                .filter(token -> !token.isEmpty())
                .orElseThrow(() -> new KeptnException(new KeptnError.Unauthenticated(
                        "unauthenticated for invalid credentials: the header x-token is missing")));
        if (MessageDigest.isEqual(digest(valid.reveal()), digest(given))) {
            return;
        }
        guesses.count(peer, headers);
        throw new KeptnException(new KeptnError.Unauthenticated("incorrect api key auth"));
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
