package sh.keptn.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** JSON Schema 2020-12 as the older and smaller schemas of Swagger 2.0: never narrower, and no keyword lost unseen. */
final class SwaggerSchemas {
    private static final Set<String> SAME = Set.of(
            "title",
            "description",
            "format",
            "default",
            "maximum",
            "minimum",
            "multipleOf",
            "maxLength",
            "minLength",
            "pattern",
            "maxItems",
            "minItems",
            "uniqueItems",
            "maxProperties",
            "minProperties",
            "required",
            "enum",
            "readOnly",
            "example",
            "externalDocs",
            "xml");

    /** Swagger 2.0 has nothing like these; without them a schema allows more. */
    private static final Set<String> NARROWING = Set.of(
            "not",
            "if",
            "then",
            "else",
            "propertyNames",
            "dependentRequired",
            "prefixItems",
            "contains",
            "minContains",
            "maxContains",
            "unevaluatedProperties",
            "contentMediaType",
            "$comment");

    private SwaggerSchemas() {}

    static JsonNode schema(JsonNode schema) {
        ObjectNode converted = JsonNodeFactory.instance.objectNode();
        if (schema.has("$ref")) {
            String reference = References.swagger(schema.path("$ref").asText());
            if (schema.size() == 1) {
                return converted.put("$ref", reference);
            }
            converted.putArray("allOf").addObject().put("$ref", reference);
        }
        // A boolean schema allows everything here, also where it allowed nothing: see properties.
        schema.properties().forEach(keyword -> add(keyword.getKey(), keyword.getValue(), converted));
        if (converted.path("type").asText().equals("array") && !converted.has("items")) {
            converted.putObject("items");
        }
        return converted;
    }

    private static void add(String keyword, JsonNode value, ObjectNode to) {
        if (SAME.contains(keyword) || keyword.startsWith("x-")) {
            to.set(keyword, value.deepCopy());
            return;
        }
        if (NARROWING.contains(keyword)) {
            return;
        }
        switch (keyword) {
            case "$ref" -> {}
            case "type" -> type(value, to);
            case "const" -> to.putArray("enum").add(value.deepCopy());
            case "examples" -> to.set("example", value.path(0).deepCopy());
            case "contentEncoding" -> to.put("format", "byte");
            case "exclusiveMinimum" -> to.put("exclusiveMinimum", true).set("minimum", value);
            case "exclusiveMaximum" -> to.put("exclusiveMaximum", true).set("maximum", value);
            case "properties" -> properties(value, to.putObject("properties"));
            case "patternProperties" -> to.putObject("additionalProperties");
            case "additionalProperties" -> {
                if (!to.has(keyword)) {
                    to.set(keyword, value.isBoolean() ? value : schema(value));
                }
            }
            case "items" -> to.set(keyword, schema(value));
            case "allOf" -> value.forEach(one -> to.withArray("allOf").add(schema(one)));
            case "oneOf", "anyOf" -> alternatives("x-" + keyword, value, to);
            case "deprecated", "writeOnly" -> to.set("x-" + keyword, value);
            default -> throw new IllegalArgumentException("no counterpart of the keyword " + keyword);
        }
    }

    private static void type(JsonNode type, ObjectNode to) {
        List<String> types = type.isArray()
                ? type.valueStream()
                        .map(JsonNode::asText)
                        .filter(one -> !one.equals("null"))
                        .toList()
                : List.of(type.asText());
        if (type.size() > types.size()) {
            to.put("x-nullable", true);
        }
        if (types.size() == 1) {
            to.put("type", types.getFirst());
        }
    }

    /** A property that must not be there is left out. */
    private static void properties(JsonNode properties, ObjectNode to) {
        properties.properties().stream()
                .filter(property ->
                        !property.getValue().isBoolean() || property.getValue().asBoolean())
                .forEach(property -> to.set(property.getKey(), schema(property.getValue())));
    }

    private static void alternatives(String keyword, JsonNode alternatives, ObjectNode to) {
        List<JsonNode> real = alternatives
                .valueStream()
                .filter(one -> !one.path("type").asText().equals("null"))
                .toList();
        if (real.size() < alternatives.size()) {
            to.put("x-nullable", true);
        }
        if (real.size() == 1) {
            to.withArray("allOf").add(schema(real.getFirst()));
            return;
        }
        ArrayNode all = to.putArray(keyword);
        real.forEach(one -> all.add(schema(one)));
    }
}
