package sh.keptn.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwaggerSchemasTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: [string, 'null']} | {x-nullable: true, type: string}",
                "{type: [string, integer]} | {}",
                "{const: a} | {enum: [a]}",
                "{type: string, examples: [a, b]} | {type: string, example: a}",
                "{type: string, contentEncoding: base64} | {type: string, format: byte}",
                "{exclusiveMinimum: 3} | {exclusiveMinimum: true, minimum: 3}",
                "{properties: {a: {type: string}, b: false}} | {properties: {a: {type: string}}}",
                "{type: array} | {type: array, items: {}}",
                "{type: object, additionalProperties: false} | {type: object, additionalProperties: false}",
                "{additionalProperties: {type: [integer, 'null']}} | {additionalProperties: {x-nullable: true, type: integer}}",
                "{$ref: '#/components/schemas/A'} | {$ref: '#/definitions/A'}",
                "{$ref: '#/components/schemas/A', description: d} | {allOf: [{$ref: '#/definitions/A'}], description: d}",
                "{oneOf: [{type: 'null'}, {$ref: '#/components/schemas/A'}]} | {x-nullable: true, allOf: [{$ref: '#/definitions/A'}]}",
                "{anyOf: [{type: string}, {type: integer}]} | {x-anyOf: [{type: string}, {type: integer}]}",
                "{not: {type: string}} | {}",
                "{deprecated: true} | {x-deprecated: true}",
                "true | {}",
            })
    void saysTheSameInTheOlderWords(String written, String expected) throws JsonProcessingException {
        // when
        var converted = SwaggerSchemas.schema(Texts.read(written));
        // then
        assertThat(converted).isEqualTo(Texts.read(expected));
    }

    @Test
    void refusesAKeywordThatItDoesNotKnow() throws JsonProcessingException {
        // given
        var schema = Texts.read("{type: string, typo: 3}");
        // when, then
        assertThatThrownBy(() -> SwaggerSchemas.schema(schema)).hasMessageContaining("typo");
    }
}
