package sh.keptn.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;

/** Fields that both formats share. */
final class Fields {
    private Fields() {}

    static void copy(JsonNode from, ObjectNode to, Collection<String> names) {
        for (String name : names) {
            if (from.has(name)) {
                to.set(name, from.path(name).deepCopy());
            }
        }
    }

    static void copyExtensions(JsonNode from, ObjectNode to) {
        from.properties().stream()
                .filter(field -> field.getKey().startsWith("x-"))
                .forEach(field -> to.set(field.getKey(), field.getValue().deepCopy()));
    }
}
