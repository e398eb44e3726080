package sh.keptn.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Set;

/** Answers. Swagger 2.0 has one schema for all content types of an answer: that of the first, which is JSON here. */
final class SwaggerResponses {
    private final References references;
    private final SwaggerParameters parameters;

    SwaggerResponses(References references) {
        this.references = references;
        this.parameters = new SwaggerParameters(references);
    }

    ObjectNode response(JsonNode response) {
        ObjectNode converted = JsonNodeFactory.instance.objectNode();
        if (response.has("$ref")) {
            return converted.put(
                    "$ref", References.swagger(response.path("$ref").asText()));
        }
        converted.set("description", response.path("description"));
        Fields.copyExtensions(response, converted);
        response.path("content").properties().forEach(content -> {
            if (!converted.has("schema")) {
                converted.set("schema", schema(content.getValue().path("schema")));
            }
            JsonNode example = example(content.getValue());
            if (!example.isMissingNode()) {
                converted.withObject("/examples").set(content.getKey(), example);
            }
        });
        response.path("headers")
                .properties()
                .forEach(header -> converted
                        .withObject("/headers")
                        .set(header.getKey(), header(references.follow(header.getValue()))));
        return converted;
    }

    /** Every content type that one of the answers may have. */
    Set<String> contentTypes(JsonNode responses) {
        Set<String> types = new LinkedHashSet<>();
        responses.forEach(response ->
                references.follow(response).path("content").fieldNames().forEachRemaining(types::add));
        return types;
    }

    private ObjectNode header(JsonNode header) {
        ObjectNode converted = JsonNodeFactory.instance.objectNode();
        converted.set("description", header.path("description"));
        converted.setAll(parameters.simple(header.path("schema")));
        return converted;
    }

    private JsonNode schema(JsonNode schema) {
        if (schema.path("format").asText().equals("binary")) {
            return JsonNodeFactory.instance.objectNode().put("type", "file");
        }
        return SwaggerSchemas.schema(schema);
    }

    private JsonNode example(JsonNode content) {
        return content.has("examples")
                ? references.follow(content.path("examples").iterator().next()).path("value")
                : content.path("example");
    }
}
