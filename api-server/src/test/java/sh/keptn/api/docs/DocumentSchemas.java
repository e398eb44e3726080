package sh.keptn.api.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The schemas inside the documents, by where they stand. */
final class DocumentSchemas {
    private static final String BASE = "https://keptn.invalid/";

    private final JsonSchemaFactory factory;
    private final SchemaValidatorsConfig config =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

    DocumentSchemas() {
        Map<String, String> texts = Arrays.stream(Document.values())
                .collect(Collectors.toMap(
                        document -> BASE + document.collection(),
                        document -> DocumentYaml.read(document).toString()));
        factory = JsonSchemaFactory.getInstance(
                VersionFlag.V202012, builder -> builder.schemaLoaders(loaders -> loaders.schemas(texts)));
    }

    /** What is wrong with the value by the schema that stands at the pointer. */
    List<String> violations(Document document, String pointer, JsonNode value) {
        JsonSchema schema = schemas.computeIfAbsent(
                document.collection() + "#" + pointer,
                location -> factory.getSchema(SchemaLocation.of(BASE + location), config));
        return schema.validate(value).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }
}
