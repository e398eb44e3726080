package sh.keptn.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class SwaggerDocumentTest {
    private static final String HEAD = """
            openapi: 3.1.0
            info: {title: t, version: "1", license: {name: Apache-2.0, identifier: Apache-2.0}}
            servers: [{url: /api/t/v1}]
            """;

    @Test
    void turnsAJsonBodyIntoAParameter() throws JsonProcessingException {
        // when
        JsonNode operation = operation("""
                requestBody:
                  required: true
                  content:
                    application/json: {schema: {$ref: "#/components/schemas/A"}, example: {a: 1}}
                responses: {"200": {description: d}}
                """);
        // then
        assertThat(operation.path("parameters")).isEqualTo(Texts.read("""
                [{in: body, name: body, required: true, x-examples: {application/json: {a: 1}},
                  schema: {$ref: "#/definitions/A"}}]"""));
        assertThat(operation.path("consumes")).isEqualTo(Texts.read("[application/json]"));
    }

    @Test
    void turnsAFormIntoAParameterForEachField() throws JsonProcessingException {
        // when
        JsonNode operation = operation("""
                requestBody:
                  content:
                    multipart/form-data:
                      schema:
                        type: object
                        required: [configPackage]
                        properties:
                          configPackage: {type: string, format: binary, description: A zip.}
                          name: {type: string}
                responses: {"200": {description: d}}
                """);
        // then
        assertThat(operation.path("parameters")).isEqualTo(Texts.read("""
                - {in: formData, name: configPackage, description: A zip., required: true, type: file}
                - {in: formData, name: name, required: false, type: string}
                """));
    }

    @Test
    void flattensParametersAndKeepsTheirLimits() throws JsonProcessingException {
        // when
        JsonNode operation = operation("""
                parameters:
                  - {name: n, in: query, schema: {type: integer, minimum: 1, default: 20}, example: 3}
                  - {name: l, in: query, schema: {type: array, items: {type: string}}}
                  - {name: x, in: header, deprecated: true, schema: {type: [string, "null"]}}
                responses: {"200": {description: d}}
                """);
        // then
        assertThat(operation.path("parameters")).isEqualTo(Texts.read("""
                - {name: n, in: query, x-example: 3, type: integer, default: 20, minimum: 1}
                - {name: l, in: query, type: array, items: {type: string}, collectionFormat: multi}
                - {name: x, in: header, x-deprecated: true, type: string, x-nullable: true}
                """));
    }

    @Test
    void givesAnAnswerItsSchemaExamplesAndHeaders() throws JsonProcessingException {
        // when
        JsonNode operation = operation("""
                responses:
                  "200":
                    description: d
                    headers: {ETag: {description: v, schema: {type: string}}}
                    content:
                      application/json: {schema: {type: object}, example: {a: 1}}
                      text/plain: {schema: {type: string}, example: b}
                """);
        // then
        assertThat(operation.path("produces")).isEqualTo(Texts.read("[application/json, text/plain]"));
        assertThat(operation.at("/responses/200")).isEqualTo(Texts.read("""
                description: d
                schema: {type: object}
                examples: {application/json: {a: 1}, text/plain: b}
                headers: {ETag: {description: v, type: string}}
                """));
    }

    @Test
    void refusesAServerOfAPathsOwn() throws JsonProcessingException {
        // given
        ObjectNode document =
                (ObjectNode) Texts.read(HEAD + "paths: {/a: {servers: [{url: /b}], get: {responses: {}}}}");
        // when, then
        assertThatThrownBy(() -> new SwaggerDocument(document).convert()).hasMessageContaining("/a has servers");
    }

    private static JsonNode operation(String yaml) throws JsonProcessingException {
        ObjectNode document = (ObjectNode) Texts.read(HEAD + "components: {schemas: {A: {type: object}}}");
        document.withObject("/paths").putObject("/a").set("post", Texts.read(yaml));
        return new SwaggerDocument(document).convert().at("/paths/~1a/post");
    }
}
