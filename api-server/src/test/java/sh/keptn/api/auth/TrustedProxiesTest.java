package sh.keptn.api.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.9.9.9, 1.1.1.1",
        "10.0.0.0/8, 11.9.9.9, 11.9.9.9",
        "192.168.1.128/25, 192.168.1.200, 1.1.1.1",
        "192.168.1.128/25, 192.168.1.100, 192.168.1.100",
        "127.0.0.1, 127.0.0.1, 1.1.1.1",
        "fd00::/8, fd12::1, 1.1.1.1",
    })
    void trustsWhoIsInsideTheRange(String ranges, String peer, String caller) {
        assertThat(TrustedProxies.parse(ranges).caller(peer, Optional.of("1.1.1.1")))
                .isEqualTo(caller);
    }

    @Test
    void keepsToThePeerWhenTheChainHoldsRubbish() {
        assertThat(TrustedProxies.parse("10.0.0.0/8").caller("10.0.0.1", Optional.of("evil.example\r\n")))
                .isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/x", "10.0.0/8"})
    void refusesWhatIsNoRange(String text) {
        assertThatThrownBy(() -> TrustedProxies.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
