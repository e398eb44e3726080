package sh.keptn.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Parameters, and bodies, which are parameters in Swagger 2.0. */
final class SwaggerParameters {
    private static final Set<String> FORMS = Set.of("multipart/form-data", "application/x-www-form-urlencoded");

    /** What a schema may say of a value that is no JSON. */
    private static final List<String> SIMPLE = List.of(
            "type",
            "format",
            "default",
            "maximum",
            "exclusiveMaximum",
            "minimum",
            "exclusiveMinimum",
            "maxLength",
            "minLength",
            "pattern",
            "maxItems",
            "minItems",
            "uniqueItems",
            "enum",
            "multipleOf",
            "x-nullable");

    private final References references;

    SwaggerParameters(References references) {
        this.references = references;
    }

    ObjectNode parameter(JsonNode parameter) {
        ObjectNode converted = JsonNodeFactory.instance.objectNode();
        if (parameter.has("$ref")) {
            return converted.put(
                    "$ref", References.swagger(parameter.path("$ref").asText()));
        }
        String in = parameter.path("in").asText();
        if (in.equals("cookie") || parameter.has("content")) {
            throw new IllegalArgumentException("no counterpart of the parameter " + parameter.path("name"));
        }
        Fields.copy(parameter, converted, List.of("name", "in", "description", "required"));
        if (in.equals("query")) {
            Fields.copy(parameter, converted, List.of("allowEmptyValue"));
        }
        if (parameter.path("deprecated").asBoolean()) {
            converted.put("x-deprecated", true);
        }
        if (parameter.has("example")) {
            converted.set("x-example", parameter.path("example"));
        }
        Fields.copyExtensions(parameter, converted);
        converted.setAll(simple(parameter.path("schema")));
        if (converted.path("type").asText().equals("array")) {
            converted.put("collectionFormat", in.equals("query") && explodes(parameter) ? "multi" : "csv");
        }
        return converted;
    }

    /** What a schema says in the words for values that are no JSON. */
    ObjectNode simple(JsonNode schema) {
        JsonNode whole = SwaggerSchemas.schema(references.follow(schema));
        ObjectNode simple = JsonNodeFactory.instance.objectNode();
        Fields.copy(whole, simple, SIMPLE);
        if (whole.has("example")) {
            simple.set("x-example", whole.path("example"));
        }
        if (!simple.has("type") || simple.path("type").asText().equals("object")) {
            simple.put("type", "string");
        }
        if (simple.path("type").asText().equals("array")) {
            simple.set("items", simple(references.follow(schema).path("items")));
        }
        return simple;
    }

    /** Adds the body to the operation, as one parameter or, a form, as one for each field. */
    void body(JsonNode requestBody, ObjectNode operation) {
        JsonNode body = references.follow(requestBody);
        Map<String, JsonNode> contents = body.path("content").properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        ArrayNode consumes = operation.putArray("consumes");
        body.path("content").fieldNames().forEachRemaining(consumes::add);
        ArrayNode parameters = operation.withArray("parameters");
        JsonNode first = body.path("content").iterator().next();
        if (FORMS.containsAll(contents.keySet())) {
            fields(first.path("schema"), parameters);
            return;
        }
        ObjectNode converted = parameters.addObject();
        converted.put("in", "body").put("name", "body");
        Fields.copy(body, converted, List.of("description", "required"));
        contents.forEach((type, content) -> {
            if (content.has("example")) {
                converted.withObject("/x-examples").set(type, content.path("example"));
            }
        });
        converted.set("schema", SwaggerSchemas.schema(first.path("schema")));
    }

    private void fields(JsonNode schema, ArrayNode parameters) {
        JsonNode form = references.follow(schema);
        Set<String> required = StreamSupport.stream(form.path("required").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
        form.path("properties").properties().forEach(property -> {
            JsonNode field = references.follow(property.getValue());
            ObjectNode converted = parameters.addObject();
            converted.put("in", "formData").put("name", property.getKey());
            Fields.copy(field, converted, List.of("description"));
            converted.put("required", required.contains(property.getKey()));
            if (isFile(field)) {
                converted.put("type", "file");
            } else {
                converted.setAll(simple(field));
            }
        });
    }

    private static boolean isFile(JsonNode field) {
        return field.path("format").asText().equals("binary")
                || (field.has("contentMediaType") && !field.has("contentEncoding"));
    }

    private static boolean explodes(JsonNode parameter) {
        return parameter.path("explode").asBoolean(true);
    }
}
