package sh.keptn.operator.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlScalarsTest {
    @ParameterizedTest
    @CsvSource({
        "0644,420",
        "0o644,420",
        "0x1F,31",
        "0b101,5",
        "1_000,1000",
        "-7,-7",
        "+7,7",
        "0,0",
        "9223372036854775807,9223372036854775807"
    })
    void readsWholeNumbersAsGoDoes(String text, String value) {
        assertThat(YamlScalars.resolve(text)).isInstanceOf(Number.class).hasToString(value);
    }

    @ParameterizedTest
    @CsvSource({"true,true", "Yes,true", "ON,true", "off,false", "no,false", "False,false"})
    void readsTheWordsOfYaml11AsTruth(String text, boolean value) {
        assertThat(YamlScalars.resolve(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"1.5,1.5", "1e3,1000.0", "-.5,-0.5"})
    void readsFractions(String text, double value) {
        assertThat(YamlScalars.resolve(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-23", "1.2.3", "yEs", "y", "0x", "12:30:45", "1-2", "-", "08", "abc"})
    void leavesTheRestAsText(String text) {
        assertThat(YamlScalars.resolve(text)).isNotInstanceOf(Boolean.class);
        assertThat(String.valueOf(YamlScalars.resolve(text))).isIn(text, "8");
    }

    @Test
    void readsNothingAsNull() {
        assertThat(YamlScalars.resolve("~")).isNull();
        assertThat(YamlScalars.resolve("null")).isNull();
        assertThat(YamlScalars.resolve("")).isNull();
    }
}
