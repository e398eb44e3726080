package sh.keptn.api.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.core.config.Secret;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

class TokenGateTest {
    private static final Clock STILL = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private final AtomicReference<Optional<Secret>> token = new AtomicReference<>(Optional.of(new Secret("right")));
    private final TokenGate gate =
            new TokenGate(token::get, new Guesses(new GuessThrottle(1, 3, STILL), TrustedProxies.parse("10.0.0.0/8")));

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "righ", "right1", "Right", "right\u00e4"})
    void a2RefusesWrongTokensOfEveryLength(String given) {
        assertThat(refused("1.2.3.4", Map.of("x-token", given))).isInstanceOf(KeptnError.Unauthenticated.class);
    }

    @Test
    void a2RefusesATokenOfAMegabyte() {
        assertThat(refused("1.2.3.4", Map.of("x-token", "x".repeat(1 << 20))))
                .isInstanceOf(KeptnError.Unauthenticated.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void a5IsNeverOpenWithoutAConfiguredToken(String configured) {
        token.set(Optional.of(new Secret(configured)));

        assertThat(refused("1.2.3.4", Map.of("x-token", configured))).isInstanceOf(KeptnError.Unavailable.class);
        assertThat(refused("1.2.3.4", Map.of())).isInstanceOf(KeptnError.Unavailable.class);
    }

    @Test
    void a5IsNeverOpenWithoutASecret() {
        token.set(Optional.empty());

        assertThat(refused("1.2.3.4", Map.of("x-token", "right"))).isInstanceOf(KeptnError.Unavailable.class);
    }

    @Test
    void takesANewTokenAtOnceAndTheOldOneNoMore() {
        token.set(Optional.of(new Secret("new")));

        assertThatCode(() -> pass("1.2.3.4", Map.of("x-token", "new"))).doesNotThrowAnyException();
        assertThat(refused("1.2.3.4", Map.of("x-token", "right"))).isInstanceOf(KeptnError.Unauthenticated.class);
    }

    @Test
    void a10ThrottlesGuessesByPeerWhateverTheyClaimToBe() {
        for (int i = 0; i < 3; i++) {
            refused("1.2.3.4", Map.of("x-token", "wrong", "X-Forwarded-For", "9.9.9." + i));
        }

        assertThat(refused("1.2.3.4", Map.of("x-token", "wrong", "X-Forwarded-For", "9.9.9.99")))
                .isInstanceOf(KeptnError.Throttled.class);
        assertThat(refused("1.2.3.5", Map.of("x-token", "wrong"))).isInstanceOf(KeptnError.Unauthenticated.class);
    }

    @Test
    void a11NeverThrottlesARightToken() {
        for (int i = 0; i < 10; i++) {
            refused("1.2.3.4", Map.of("x-token", "wrong"));
        }

        assertThatCode(() -> pass("1.2.3.4", Map.of("x-token", "right"))).doesNotThrowAnyException();
    }

    @Test
    void believesATrustedProxyAboutTheCaller() {
        for (int i = 0; i < 5; i++) {
            refused("10.1.1.1", Map.of("x-token", "wrong", "X-Forwarded-For", "6.6.6.6, 7.7.7.7, 10.2.2.2"));
        }

        assertThat(refused("10.1.1.1", Map.of("x-token", "wrong", "X-Forwarded-For", "6.6.6.6, 7.7.7.7")))
                .isInstanceOf(KeptnError.Throttled.class);
        assertThat(refused("10.1.1.1", Map.of("x-token", "wrong", "X-Forwarded-For", "7.7.7.7, 8.8.8.8")))
                .isInstanceOf(KeptnError.Unauthenticated.class);
    }

    private void pass(String peer, Map<String, String> headers) {
        gate.pass(peer, name -> Optional.ofNullable(headers.get(name)));
    }

    private KeptnError refused(String peer, Map<String, String> headers) {
        return catchThrowableOfType(KeptnException.class, () -> pass(peer, headers))
                .error();
    }
}
