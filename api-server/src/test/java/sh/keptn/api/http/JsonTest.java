package sh.keptn.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.core.error.KeptnException;

class JsonTest {
    private record Body(@Nullable String name, @Nullable List<String> list) {}

    @Test
    void ignoresUnknownFieldsWhereKeptnDoes() {
        Body body = Json.read(bytes("{\"name\":\"a\",\"other\":1}"), Body.class, Json.Unknown.IGNORED);

        assertThat(body.name()).isEqualTo("a");
    }

    @Test
    void r4RefusesUnknownFieldsWhereKeptnDoes() {
        assertThatThrownBy(() -> Json.read(bytes("{\"other\":1}"), Body.class, Json.Unknown.REFUSED))
                .isInstanceOf(KeptnException.class)
                .hasMessageContaining("other");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{",
                "[]",
                "{\"name\":1}",
                "{\"name\":true}",
                "{\"list\":\"a\"}",
                "{\"name\":\"a\",\"name\":\"b\"}",
                "nonsense"
            })
    void refusesWhatIsNoSuchObject(String text) {
        assertThatThrownBy(() -> Json.read(bytes(text), Body.class, Json.Unknown.IGNORED))
                .isInstanceOf(KeptnException.class);
    }

    @Test
    void refusesDeepNesting() {
        String deep = "[".repeat(101) + "]".repeat(101);

        assertThatThrownBy(() -> Json.tree(bytes(deep))).isInstanceOf(KeptnException.class);
    }

    @Test
    void leavesAbsentValuesOut() {
        assertThat(Json.write(new Body("a", null)))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"name\":\"a\"}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
