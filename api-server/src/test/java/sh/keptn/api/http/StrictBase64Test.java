package sh.keptn.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.core.error.KeptnException;

class StrictBase64Test {
    @ParameterizedTest
    @ValueSource(strings = {"aGVsbG8=", "aGVs\nbG8=", "aGVs\r\nbG8=\r\n"})
    void takesStandardBase64AndLineBreaksInIt(String text) {
        assertThat(StrictBase64.decode("f", text)).asString().isEqualTo("hello");
    }

    @Test
    void takesTheEmptyText() {
        assertThat(StrictBase64.decode("f", "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"aGVsbG8", "aGV sbG8=", "_-__", "====", "no base64", "aGVsbG8=aGVsbG8="})
    void r14RefusesEverythingElse(String text) {
        assertThatThrownBy(() -> StrictBase64.decode("resourceContent", text))
                .isInstanceOf(KeptnException.class)
                .hasMessageStartingWith("resourceContent");
    }
}
