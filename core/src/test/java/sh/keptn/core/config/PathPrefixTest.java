package sh.keptn.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathPrefixTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "/keptn", "/a/b_c-d~e.f", "/K3"})
    void standsBeforeAPath(String prefix) {
        assertThat(new PathPrefix(prefix).before("/api")).isEqualTo(prefix + "/api");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "keptn",
                "/keptn/",
                "//keptn",
                "/a//b",
                "/..",
                "/a/../b",
                "/.a",
                "/k%65ptn",
                "/a b",
                "/a?b",
                "/a#b",
                "/a;b",
                "http://host/keptn",
                "/ä",
                "/a\nb"
            })
    void isRefusedWhereItCouldBeReadInTwoWays(String prefix) {
        assertThatThrownBy(() -> new PathPrefix(prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must read like /keptn");
    }

    @Test
    void isRefusedWhereItIsTooLong() {
        assertThatThrownBy(() -> new PathPrefix("/" + "a".repeat(128))).isInstanceOf(IllegalArgumentException.class);
    }
}
