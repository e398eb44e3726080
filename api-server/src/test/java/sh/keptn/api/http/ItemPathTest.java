package sh.keptn.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.core.error.KeptnException;

class ItemPathTest {
    @ParameterizedTest
    @CsvSource({
        "values.yaml,values.yaml",
        "a%2Fb.yaml,a/b.yaml",
        "a%2fb.yaml,a/b.yaml",
        "a%252Fb.yaml,a/b.yaml",
        "a%25252Fb.yaml,a/b.yaml",
        "a/b.yaml,a/b.yaml",
        "a+b.yaml,a b.yaml",
        "a%20b.yaml,a b.yaml",
        "a%2Bb.yaml,a+b.yaml",
        "d%252Fa%2Bb%252Bc,d/a b+c",
        "%C3%A4.txt,ä.txt",
        "100%25,100%",
        "%2e%2e%2fx,../x",
        "%252e%252e%252fx,../x",
        ".git%2Fconfig,.git/config",
    })
    void decodesAsOftenAsKeptnsClientsEncode(String raw, String expected) {
        assertThat(ItemPath.decode(raw)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%2541", "%252e%252e", "a%2525252Fb", "a%", "a%2", "a%zz", "%C3", "%FF", "a%252520b"})
    void refusesWhatWouldChangeOnceMoreOrIsMalformed(String raw) {
        assertThatThrownBy(() -> ItemPath.decode(raw))
                .isInstanceOf(KeptnException.class)
                .hasMessageContaining("percent");
    }
}
