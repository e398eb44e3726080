package sh.keptn.api.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.api.http.Json;
import sh.keptn.core.error.KeptnException;

class TemplateTest {
    private static final JsonNode VALUES = Json.tree(
            "{\"Context\":{\"a\":\"x\",\"empty\":\"\",\"place\":\"[[ .Context.a ]]\"},\"Tasks\":{\"t_1\":{\"Response\":{\"n\":7,\"o\":{\"p\":true},\"z\":null}}}}"
                    .getBytes(StandardCharsets.UTF_8));

    private final Template template = new Template(VALUES, 100);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | ``",
                "no place {{ .Context.a }} | no place {{ .Context.a }}",
                "[[.Context.a]][[ .Context.a ]] | xx",
                "<[[ .Context.empty ]]> | <>",
                "[[ .Tasks.t_1.Response.n ]]/[[ .Tasks.t_1.Response.o.p ]] | 7/true",
                "a [[- .Context.a -]] b | axb",
                "a[[/* not seen */]]b | ab",
                "[[ .Context.place ]] | [[ .Context.a ]]",
                "]] ] [ | ]] ] [",
            })
    void fillsInWhatIsThere(String text, String expected) {
        assertThat(template.render(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[ .Context.absent ]]",
                "[[ .Context ]]",
                "[[ .Tasks.t_1.Response.z ]]",
                "[[ .Context.a.b ]]",
                "[[ ]]",
                "[[ . ]]",
                "[[ Context.a ]]",
                "[[ index .Context \"a\" ]]",
                "[[ .Context.a | html ]]",
                "[[ range .Context ]]",
                "[[ .Context.a",
            })
    void refusesWhatHasNoValueOrIsNoPath(String text) {
        assertThatThrownBy(() -> template.render(text))
                .isInstanceOf(KeptnException.class)
                .hasMessageStartingWith("template: ");
    }

    @Test
    void endsAtItsLimit() {
        assertThat(template.render("x".repeat(100))).hasSize(100);
        assertThatThrownBy(() -> template.render("x".repeat(100) + "[[ .Context.a ]]"))
                .hasMessageContaining("more than 100 characters");
    }
}
