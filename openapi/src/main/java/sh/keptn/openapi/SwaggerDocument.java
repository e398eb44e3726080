package sh.keptn.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** An OpenAPI 3.1 document as Swagger 2.0. What the old format cannot say at all is an error, not left out. */
final class SwaggerDocument {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");
    private static final List<String> OPERATION =
            List.of("tags", "operationId", "summary", "description", "deprecated", "externalDocs", "security");

    private final ObjectNode document;
    private final SwaggerParameters parameters;
    private final SwaggerResponses responses;

    SwaggerDocument(ObjectNode document) {
        this.document = document;
        References references = new References(document);
        this.parameters = new SwaggerParameters(references);
        this.responses = new SwaggerResponses(references);
    }

    ObjectNode convert() {
        ObjectNode swagger = JsonNodeFactory.instance.objectNode();
        swagger.put("swagger", "2.0");
        swagger.set("info", info());
        swagger.put("basePath", document.at("/servers/0/url").asText());
        swagger.putArray("consumes").add("application/json");
        swagger.putArray("produces").add("application/json");
        Fields.copy(document, swagger, List.of("tags", "security", "externalDocs"));
        ObjectNode paths = swagger.putObject("paths");
        document.path("paths")
                .properties()
                .forEach(path -> paths.set(path.getKey(), path(path.getKey(), path.getValue())));
        JsonNode components = document.path("components");
        each(components, "securitySchemes", swagger.putObject("securityDefinitions"), SwaggerDocument::scheme);
        each(components, "parameters", swagger.putObject("parameters"), parameters::parameter);
        each(components, "responses", swagger.putObject("responses"), responses::response);
        each(components, "schemas", swagger.putObject("definitions"), SwaggerSchemas::schema);
        return swagger;
    }

    private ObjectNode info() {
        ObjectNode info = document.path("info").deepCopy();
        if (info.path("license") instanceof ObjectNode license) {
            license.remove("identifier");
        }
        info.remove("summary");
        return info;
    }

    private ObjectNode path(String path, JsonNode item) {
        if (item.has("servers")) {
            throw new IllegalArgumentException(
                    path + " has servers of its own; Swagger 2.0 cannot say that, so give it a document of its own");
        }
        ObjectNode converted = JsonNodeFactory.instance.objectNode();
        if (item.has("parameters")) {
            item.path("parameters")
                    .forEach(one -> converted.withArray("parameters").add(parameters.parameter(one)));
        }
        item.properties().stream()
                .filter(operation -> METHODS.contains(operation.getKey()))
                .forEach(operation -> converted.set(operation.getKey(), operation(operation.getValue())));
        return converted;
    }

    private ObjectNode operation(JsonNode operation) {
        ObjectNode converted = JsonNodeFactory.instance.objectNode();
        Fields.copy(operation, converted, OPERATION);
        Fields.copyExtensions(operation, converted);
        operation
                .path("parameters")
                .forEach(one -> converted.withArray("parameters").add(parameters.parameter(one)));
        if (operation.has("requestBody")) {
            parameters.body(operation.path("requestBody"), converted);
        }
        ObjectNode answers = converted.putObject("responses");
        operation
                .path("responses")
                .properties()
                .forEach(answer -> answers.set(answer.getKey(), responses.response(answer.getValue())));
        Set<String> types = responses.contentTypes(operation.path("responses"));
        if (!types.isEmpty()) {
            ArrayNode produces = converted.putArray("produces");
            types.forEach(produces::add);
        }
        return converted;
    }

    private static ObjectNode scheme(JsonNode scheme) {
        ObjectNode converted = scheme.deepCopy();
        if (scheme.path("type").asText().equals("http")
                && scheme.path("scheme").asText().equals("bearer")) {
            converted.removeAll();
            converted.put("type", "apiKey").put("in", "header").put("name", "Authorization");
            converted.put(
                    "description",
                    "`Bearer ` and the token. " + scheme.path("description").asText());
        } else if (!scheme.path("type").asText().equals("apiKey")) {
            throw new IllegalArgumentException("a security scheme of the type " + scheme.path("type"));
        }
        return converted;
    }

    private static void each(JsonNode components, String kind, ObjectNode target, Function<JsonNode, JsonNode> as) {
        for (Map.Entry<String, JsonNode> component : components.path(kind).properties()) {
            target.set(component.getKey(), as.apply(component.getValue()));
        }
    }
}
