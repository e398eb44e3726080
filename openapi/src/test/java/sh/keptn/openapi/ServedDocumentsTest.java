package sh.keptn.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.parser.OpenAPIParser;
import io.swagger.parser.SwaggerParser;
import io.swagger.parser.util.SwaggerDeserializationResult;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the build makes from the documents of the API server. */
class ServedDocumentsTest {
    private static final Path WRITTEN = Path.of("..", "api-server", "src", "main", "resources", "openapi");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    @TempDir
    static Path served;

    @BeforeAll
    static void build() throws IOException {
        DocumentsBuild.build(WRITTEN, served, "1.2.3");
    }

    static List<String> collections() throws IOException {
        try (Stream<Path> files = Files.list(WRITTEN)) {
            return files.map(file -> String.valueOf(file.getFileName()).replace(".yaml", ""))
                    .filter(name -> !name.equals("keptn"))
                    .sorted()
                    .toList();
        }
    }

    static List<String> documents() throws IOException {
        return Stream.concat(collections().stream(), Stream.of("keptn")).toList();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void isOpenApiAsItsParserReadsIt(String name) throws IOException {
        // when
        SwaggerParseResult result = new OpenAPIParser().readContents(text(name + ".yaml"), null, new ParseOptions());
        // then
        assertThat(result.getMessages()).isEmpty();
        assertThat(result.getOpenAPI().getSpecVersion()).isEqualTo(SpecVersion.V31);
        assertThat(result.getOpenAPI().getInfo().getVersion()).isEqualTo("1.2.3");
        assertThat(result.getOpenAPI().getPaths())
                .hasSameSizeAs(read(name + ".yaml").path("paths").properties());
    }

    @ParameterizedTest
    @MethodSource("collections")
    void isSwaggerAsItsParserReadsIt(String name) throws IOException {
        // when
        SwaggerDeserializationResult result = new SwaggerParser().readWithInfo(text(name + ".swagger.yaml"));
        // then
        assertThat(result.getMessages()).isEmpty();
        assertThat(result.getSwagger().getSwagger()).isEqualTo("2.0");
        assertThat(result.getSwagger().getPaths())
                .hasSameSizeAs(read(name + ".swagger.yaml").path("paths").properties());
    }

    @ParameterizedTest
    @MethodSource("collections")
    void saysAsSwaggerEverythingThatIsWritten(String name) throws IOException {
        // given
        JsonNode written = Texts.read(Files.readString(WRITTEN.resolve(name + ".yaml")));
        // when
        JsonNode swagger = read(name + ".swagger.yaml");
        // then
        assertThat(swagger.path("basePath")).isEqualTo(written.at("/servers/0/url"));
        assertThat(lines(swagger)).isEqualTo(lines(written)).isNotEmpty();
        assertThat(schemas(swagger.path("definitions"))).isEqualTo(schemas(written.at("/components/schemas")));
        assertThat(read(name + ".swagger.json")).isEqualTo(swagger);
    }

    @ParameterizedTest
    @MethodSource("collections")
    void isServedAsItIsWrittenButForItsServer(String name) throws IOException {
        // given
        JsonNode written = Texts.read(Files.readString(WRITTEN.resolve(name + ".yaml")));
        // when
        JsonNode document = read(name + ".yaml");
        // then
        for (String part : List.of("paths", "components", "tags", "security")) {
            assertThat(document.path(part)).as(part).isEqualTo(written.path(part));
        }
        assertThat(document.at("/servers/0/url").asText()).startsWith("..");
    }

    @Test
    void holdsEveryOperationInTheDocumentOfTheWhole() throws IOException {
        // given
        Set<String> written = new TreeSet<>();
        for (String name : collections()) {
            JsonNode document = Texts.read(Files.readString(WRITTEN.resolve(name + ".yaml")));
            String base = document.at("/servers/0/url").asText();
            lines(document).stream()
                    .map(line -> line.replaceFirst("^(\\w+) ", "$1 " + base.replaceFirst("^/(api|hooks)", "")))
                    .forEach(written::add);
        }
        // when
        JsonNode whole = read("keptn.yaml");
        // then
        assertThat(lines(whole)).isEqualTo(written);
        assertThat(whole.findValuesAsText("operationId")).doesNotHaveDuplicates();
        assertThat(whole.findValuesAsText("$ref"))
                .allSatisfy(
                        reference -> assertThat(whole.at(reference.substring(1)).isMissingNode())
                                .as(reference)
                                .isFalse());
        assertThat(whole.at("/components/schemas").findValues("Error")).hasSize(1);
        assertThat(whole.at("/components/securitySchemes")).hasSize(1);
        assertThat(read("keptn.json")).isEqualTo(whole);
    }

    /** Each operation with its parameters and answers, in either format. */
    private static Set<String> lines(JsonNode document) {
        Set<String> lines = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .forEach(operation -> {
                            String line = operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
                            JsonNode node = operation.getValue();
                            lines.add(line + " tags " + node.path("tags"));
                            lines.add(line + " deprecated "
                                    + node.path("deprecated").asBoolean());
                            lines.add(line + " summary " + node.path("summary"));
                            lines.add(line + " description " + node.path("description"));
                            node.path("responses")
                                    .fieldNames()
                                    .forEachRemaining(status -> lines.add(line + " " + status));
                            Stream.of(path.getValue(), node)
                                    .flatMap(owner -> owner.path("parameters").valueStream())
                                    .map(one -> follow(document, one))
                                    .filter(one -> !Set.of("body", "formData")
                                            .contains(one.path("in").asText()))
                                    .forEach(one -> lines.add(line + " " + one.path("in") + " " + one.path("name")
                                            + one.path("description")));
                            boolean body = node.has("requestBody")
                                    || node.path("parameters")
                                            .valueStream()
                                            .anyMatch(one -> Set.of("body", "formData")
                                                    .contains(one.path("in").asText()));
                            lines.add(line + " body " + body);
                        }));
        return lines;
    }

    private static JsonNode follow(JsonNode document, JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** Each schema with its properties, but those that must not be there. */
    private static Set<String> schemas(JsonNode schemas) {
        return schemas.properties().stream()
                .flatMap(schema -> Stream.concat(
                        Stream.of(schema.getKey()),
                        schema.getValue().path("properties").properties().stream()
                                .filter(property -> !property.getValue().isBoolean())
                                .map(property -> schema.getKey() + "." + property.getKey())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String text(String name) throws IOException {
        return Files.readString(served.resolve(name));
    }

    private static JsonNode read(String name) throws IOException {
        return Texts.read(text(name));
    }
}
