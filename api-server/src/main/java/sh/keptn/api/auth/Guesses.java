package sh.keptn.api.auth;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/** Counts what was wrong (tokens, signatures) by the address it came from, and stops those who try on and on. */
public final class Guesses {
    private final GuessThrottle throttle;
    private final TrustedProxies proxies;

    public Guesses(GuessThrottle throttle, TrustedProxies proxies) {
        this.throttle = throttle;
        this.proxies = proxies;
    }

    /**
     * Counts one.
     *
     * @param peer the address at the other end of the socket
     * @param headers a header's value by its name
     * @throws KeptnException {@code Throttled} if there were too many
     */
    public void count(String peer, Function<String, Optional<String>> headers) {
        String caller = proxies.caller(peer, headers.apply("X-Forwarded-For"));
        Optional<Duration> wait = throttle.guess(caller);
        if (wait.isPresent()) {
            throw new KeptnException(new KeptnError.Throttled("too many wrong tokens from this address", wait.get()));
        }
    }
}
