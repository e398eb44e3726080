package sh.keptn.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What must be equal for two components to be one: everything but their examples. */
final class Sameness {
    private static final List<String> EXAMPLES = List.of("example", "examples");

    private Sameness() {}

    static JsonNode of(JsonNode component) {
        JsonNode copy = component.deepCopy();
        strip(copy);
        return copy;
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(EXAMPLES);
            object.forEach(Sameness::strip);
        } else if (node instanceof ArrayNode array) {
            array.forEach(Sameness::strip);
        }
    }
}
