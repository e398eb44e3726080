package sh.keptn.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageKeyTest {
    private static final UUID ID = new UUID(-1, 1);

    @ParameterizedTest
    @ValueSource(longs = {0, 20, 99, 100, 1_000_000})
    void isReadAsItWasWritten(long walked) {
        // given
        PageKey key = new PageKey(walked, -62_135_596_800_000_000L, ID);
        // when
        String text = key.text();
        // then
        assertThat(PageKey.parse(text)).contains(key);
    }

    @Test
    void isNoNumberForTheCommandLineBeforeItsDefaultOfHundredEvents() {
        // when
        String text = new PageKey(99, 1, ID).text();
        // then
        assertThat(text).doesNotMatch("[+-]?[0-9]+");
    }

    @Test
    void isTheLargestNumberForTheCommandLineFromHundredEventsOn() {
        // when
        String text = new PageKey(100, 1, ID).text();
        // then
        assertThat(new BigInteger(text)).isGreaterThan(BigInteger.valueOf(Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "-3", "100", "k", "kAAAA", "99999999999999999999999", "$where"})
    void r19IsNotMadeOfOtherTexts(String text) {
        // when, then
        assertThat(PageKey.parse(text)).isEmpty();
    }
}
