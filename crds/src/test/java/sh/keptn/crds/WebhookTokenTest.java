package sh.keptn.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.crds.project.WebhookToken;

class WebhookTokenTest {
    private static final WebhookToken TOKEN = WebhookToken.of("0123456789abcdef");

    @Test
    void tellsAnAddressThatStaysAsItIsFromVersionToVersion() {
        assertThat(TOKEN.path("keptn", "sockshop"))
                .isEqualTo("/hooks/git/sockshop/a3498f1b31d08a4f3933706d1b0b57e27ec13da51d3d76212a998c8d85a7a40c");
    }

    @Test
    void changesTheAddressWithTokenProjectAndNamespace() {
        assertThat(TOKEN.opaque("keptn", "sockshop"))
                .isNotEqualTo(WebhookToken.of("0123456789abcdeF").opaque("keptn", "sockshop"))
                .isNotEqualTo(TOKEN.opaque("keptn", "sockshop2"))
                .isNotEqualTo(TOKEN.opaque("keptn2", "sockshop"));
    }

    @Test
    void tellsApartNamesThatAreTheSameOnceJoined() {
        assertThat(TOKEN.opaque("ab", "c")).isNotEqualTo(TOKEN.opaque("a", "bc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123456789abcdef\n", " 0123456789abcdef\r\n"})
    void passesOverWhatEditorsLeaveAroundIt(String text) {
        assertThat(WebhookToken.of(text).reveal()).isEqualTo("0123456789abcdef");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "0123456789abcde", "               \n   "})
    void refusesAShortOneAndSaysWhy(String text) {
        assertThatThrownBy(() -> WebhookToken.of(text)).hasMessageContaining("at least 16 characters");
    }

    @Test
    void refusesBytesThatAreNoText() {
        byte[] bytes = "\u00ff".repeat(32).getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> WebhookToken.ofEncoded(Base64.getEncoder().encodeToString(bytes)))
                .hasMessageContaining("UTF-8");
    }

    @Test
    void printsNothingOfItself() {
        assertThat(TOKEN).hasToString("***");
    }
}
