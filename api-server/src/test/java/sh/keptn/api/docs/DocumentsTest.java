package sh.keptn.api.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentsTest {
    private static final DocumentSchemas SCHEMAS = new DocumentSchemas();

    static Stream<Documented> operations() {
        return Documented.all().stream();
    }

    @ParameterizedTest
    @EnumSource(value = Document.class, names = "WEBHOOKS", mode = EnumSource.Mode.EXCLUDE)
    void asksForTheTokenUnderTheNameThatKeptnsClientsKnow(Document document) {
        // when
        JsonNode root = DocumentYaml.read(document);
        // then
        JsonNode scheme = root.at("/components/securitySchemes/" + key(document));
        assertThat(scheme.path("in").asText()).isEqualTo("header");
        assertThat(scheme.path("name").asText()).isEqualTo("x-token");
        assertThat(root.at("/security/0").has(key(document))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Document.class)
    void describesEveryOperationOfItsCollection(Document document) {
        // when
        List<String> names = Documented.of(document)
                .map(operation -> operation.operation().path("operationId").asText())
                .toList();
        // then
        assertThat(names).doesNotContain("").doesNotHaveDuplicates().hasSize(operationsOf(document));
    }

    @ParameterizedTest
    @EnumSource(Document.class)
    void refersOnlyToWhatIsThere(Document document) {
        // given
        JsonNode root = DocumentYaml.read(document);
        // when
        List<String> references = root.findValuesAsText("$ref");
        // then
        assertThat(references)
                .isNotEmpty()
                .allSatisfy(
                        reference -> assertThat(root.at(reference.substring(1)).isMissingNode())
                                .as(reference)
                                .isFalse());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void saysWhatAnOperationDoesAndWhoMayCallIt(Documented operation) {
        // when
        JsonNode node = operation.operation();
        // then
        assertThat(node.path("summary").asText()).isNotBlank();
        assertThat(node.path("description").asText()).isNotBlank();
        assertThat(node.path("tags")).isNotEmpty();
        boolean internal = node.path("x-internal").asBoolean();
        assertThat(node.path("deprecated").asBoolean() || !internal)
                .as("what is internal is deprecated")
                .isTrue();
        assertThat(operation.answer(internal ? 403 : asksForToken(node) ? 401 : 404))
                .isPresent();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void namesOnlyTagsAndParametersThatAreDescribed(Documented operation) {
        // given
        JsonNode root = operation.root();
        List<String> tags = root.path("tags").findValuesAsText("name");
        // when
        JsonNode node = operation.operation();
        // then
        assertThat(node.path("tags").valueStream().map(JsonNode::asText)).isSubsetOf(tags);
        assertThat(root.path("tags")).allSatisfy(DocumentsTest::isDescribed);
        List<JsonNode> parameters = parameters(operation);
        assertThat(parameters).allSatisfy(DocumentsTest::isDescribed).allMatch(one -> one.has("schema"));
        assertThat(parameters.stream()
                        .filter(one -> one.path("in").asText().equals("path"))
                        .map(one -> "{" + one.path("name").asText() + "}"))
                .containsExactlyInAnyOrderElementsOf(Documented.segments(operation.path()).stream()
                        .filter(segment -> segment.startsWith("{"))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void describesEveryAnswer(Documented operation) {
        // when
        List<JsonNode> answers = statuses(operation)
                .mapToObj(status -> operation.root().at(operation.answer(status).orElseThrow()))
                .toList();
        // then
        assertThat(answers).isNotEmpty().allSatisfy(DocumentsTest::isDescribed);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.path("headers"))
                        .allSatisfy(header -> isDescribed(follow(operation, header))));
    }

    @ParameterizedTest
    @EnumSource(Document.class)
    void describesEverySchemaAndComponent(Document document) {
        // when
        JsonNode components = DocumentYaml.read(document).path("components");
        // then
        for (String kind : List.of("schemas", "parameters", "responses", "securitySchemes")) {
            components.path(kind).properties().forEach(component -> isDescribed(component.getValue()));
        }
    }

    @ParameterizedTest
    @EnumSource(Document.class)
    void usesEveryComponent(Document document) {
        // given
        JsonNode root = DocumentYaml.read(document);
        List<String> references = root.findValuesAsText("$ref");
        // when
        List<String> components = root.path("components").properties().stream()
                .filter(kind -> !kind.getKey().equals("securitySchemes"))
                .flatMap(kind -> kind.getValue().properties().stream()
                        .map(component -> "#/components/" + kind.getKey() + "/" + component.getKey()))
                .toList();
        // then
        assertThat(references).containsAll(components);
    }

    @ParameterizedTest
    @EnumSource(Document.class)
    void givesSchemasExamplesThatAreTheirs(Document document) {
        // given
        JsonNode root = DocumentYaml.read(document);
        // when
        List<String> wrong = new ArrayList<>();
        wrongExamples(document, root.at("/components/schemas"), "/components/schemas", wrong);
        // then
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void givesExamplesThatAreOfTheirSchema(Documented operation) {
        // given
        List<String> contents = new ArrayList<>();
        statuses(operation)
                .forEach(status -> contents.add(operation.answer(status).orElseThrow()));
        JsonNode body = operation.operation().path("requestBody");
        if (!body.isMissingNode()) {
            contents.add(
                    body.has("$ref") ? body.get("$ref").asText().substring(1) : operation.pointer() + "/requestBody");
        }
        for (String content : contents) {
            JsonNode media = operation.root().at(content + "/content/application~1json");
            if (media.isMissingNode()) {
                continue;
            }
            // when
            List<String> violations = SCHEMAS.violations(
                    operation.document(), content + "/content/application~1json/schema", media.path("example"));
            // then
            assertThat(media.has("example")).as(content).isTrue();
            assertThat(violations).as(content).isEmpty();
        }
    }

    private static void wrongExamples(Document document, JsonNode node, String pointer, List<String> wrong) {
        node.path("examples")
                .forEach(example -> SCHEMAS.violations(document, pointer, example)
                        .forEach(violation -> wrong.add(pointer + ": " + violation)));
        if (node.isContainerNode() && !pointer.endsWith("/examples")) {
            node.properties()
                    .forEach(field -> wrongExamples(
                            document, field.getValue(), pointer + "/" + Documented.escape(field.getKey()), wrong));
        }
    }

    private static List<JsonNode> parameters(Documented operation) {
        String item = operation.pointer().substring(0, operation.pointer().lastIndexOf('/'));
        return Stream.of(operation.root().at(item), operation.operation())
                .flatMap(owner -> owner.path("parameters").valueStream())
                .map(one -> follow(operation, one))
                .toList();
    }

    private static JsonNode follow(Documented operation, JsonNode node) {
        return node.has("$ref") ? operation.root().at(node.get("$ref").asText().substring(1)) : node;
    }

    private static IntStream statuses(Documented operation) {
        return operation.operation().path("responses").properties().stream()
                .mapToInt(status -> Integer.parseInt(status.getKey()));
    }

    private static void isDescribed(JsonNode node) {
        assertThat(node.path("description").asText()).as(node.toString()).isNotBlank();
    }

    /** What is signed instead says so, and has one answer for unknown and not allowed. */
    private static boolean asksForToken(JsonNode operation) {
        return !operation.has("security");
    }

    private static String key(Document document) {
        return switch (document) {
            case API_SERVICE, MONGODB_DATASTORE -> "key";
            case CONTROL_PLANE, RESOURCE_SERVICE, CONFIGURATION_SERVICE, SECRETS, STATISTICS -> "ApiKeyAuth";
            case WEBHOOKS -> throw new IllegalArgumentException("webhooks are signed");
        };
    }

    private static int operationsOf(Document document) {
        return switch (document) {
            case API_SERVICE -> 10;
            case MONGODB_DATASTORE -> 3;
            case CONTROL_PLANE -> 29;
            case RESOURCE_SERVICE -> 24;
            case CONFIGURATION_SERVICE -> 30;
            case SECRETS -> 5;
            case STATISTICS -> 2;
            case WEBHOOKS -> 1;
        };
    }
}
