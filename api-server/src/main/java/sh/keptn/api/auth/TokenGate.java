package sh.keptn.api.auth;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import sh.keptn.api.http.AllPowerful;
import sh.keptn.api.http.Caller;
import sh.keptn.api.http.Gate;
import sh.keptn.core.config.Secret;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/**
 * Asks for a token. In the header {@code x-token}: Keptn's one token, which may do everything, or a named one. In the
 * header {@code Authorization: Bearer}, where that is switched on and there is no {@code x-token}: a token of the cluster,
 * and nothing else. No query parameter and no cookie is a token.
 *
 * <p>What is compared are digests of equal length, in constant time. A right token always comes in; wrong ones are
 * throttled by the address they come from.
 */
public final class TokenGate implements Gate {
    private static final String HEADER = "x-token";
    private static final String AUTHORIZATION = "Authorization";
    private static final String BEARER = "bearer ";
    private static final Caller MASTER = new AllPowerful("keptn-api-token");
    private static final Duration SOON = Duration.ofSeconds(5);

    private final TokenSource source;
    private final Optional<NamedTokens> named;
    private final Optional<KubernetesTokens> kubernetes;
    private final Guesses guesses;

    /** A gate with the one token alone. */
    TokenGate(TokenSource source, Guesses guesses) {
        this(source, Optional.empty(), Optional.empty(), guesses);
    }

    public TokenGate(
            TokenSource source, Optional<NamedTokens> named, Optional<KubernetesTokens> kubernetes, Guesses guesses) {
        this.source = source;
        this.named = named;
        this.kubernetes = kubernetes;
        this.guesses = guesses;
    }

    @Override
    public Caller pass(String peer, Function<String, Optional<String>> headers) {
        Optional<String> given = headers.apply(HEADER).filter(token -> !token.isEmpty());
        Optional<Caller> caller = given.isPresent() ? byToken(Digest.of(given.get())) : byBearer(headers);
        if (caller.isPresent()) {
            return caller.get();
        }
        boolean tried = given.isPresent() || bearer(headers).isPresent();
        if (!tried) {
            throw unauthenticated("unauthenticated for invalid credentials: the header x-token is missing");
        }
        guesses.count(peer, headers);
        throw unauthenticated("incorrect api key auth");
    }

    private Optional<Caller> byToken(Digest given) {
        Optional<Caller> found = named.flatMap(tokens -> tokens.find(given));
        if (found.isPresent()) {
            return found;
        }
        Digest master = master().orElseThrow(TokenGate::notConfigured);
        return master.matches(given) ? Optional.of(MASTER) : Optional.empty();
    }

    /** A token of ours is never handed to Kubernetes, and never counts in this header. */
    private Optional<Caller> byBearer(Function<String, Optional<String>> headers) {
        Optional<String> bearer = bearer(headers);
        if (kubernetes.isEmpty() || bearer.isEmpty()) {
            if (master().isEmpty()) {
                throw notConfigured();
            }
            return Optional.empty();
        }
        Digest given = Digest.of(bearer.get());
        if (isOurs(given)) {
            return Optional.empty();
        }
        return kubernetes.flatMap(tokens -> tokens.find(bearer.get(), given));
    }

    private boolean isOurs(Digest given) {
        return master().filter(token -> token.matches(given)).isPresent()
                || named.flatMap(tokens -> tokens.find(given)).isPresent();
    }

    /** Empty while there is none: nobody comes in by it then. */
    private Optional<Digest> master() {
        return source.token()
                .filter(token -> !token.isBlank())
                .map(Secret::reveal)
                .map(Digest::of);
    }

    private static KeptnException notConfigured() {
        return new KeptnException(new KeptnError.Unavailable("no API token is configured yet", SOON));
    }

    private static Optional<String> bearer(Function<String, Optional<String>> headers) {
        return headers.apply(AUTHORIZATION)
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip())
                .filter(token -> !token.isEmpty());
    }

    private static KeptnException unauthenticated(String why) {
        return new KeptnException(new KeptnError.Unauthenticated(why));
    }
}
