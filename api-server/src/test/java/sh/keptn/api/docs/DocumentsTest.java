package sh.keptn.api.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
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
    @EnumSource(Document.class)
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
        assertThat(node.path("deprecated").asBoolean()).isEqualTo(internal);
        assertThat(operation.answer(internal ? 403 : asksForToken(node) ? 401 : 404))
                .isPresent();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void givesExamplesThatAreOfTheirSchema(Documented operation) {
        // given
        List<String> contents = new ArrayList<>();
        operation
                .operation()
                .path("responses")
                .fieldNames()
                .forEachRemaining(status ->
                        contents.add(operation.answer(Integer.parseInt(status)).orElseThrow()));
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

    /** What is signed instead says so, and has one answer for unknown and not allowed. */
    private static boolean asksForToken(JsonNode operation) {
        return !operation.has("security");
    }

    private static String key(Document document) {
        return switch (document) {
            case API_SERVICE, MONGODB_DATASTORE -> "key";
            case CONTROL_PLANE, RESOURCE_SERVICE -> "ApiKeyAuth";
        };
    }

    private static int operationsOf(Document document) {
        return switch (document) {
            case API_SERVICE -> 5;
            case MONGODB_DATASTORE -> 3;
            case CONTROL_PLANE -> 11;
            case RESOURCE_SERVICE -> 21;
        };
    }
}
