package sh.keptn.api.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Values made from a schema: mostly as it wants them, now and then something else. */
final class Guess {
    /** What has hurt servers before. */
    private static final List<String> HOSTILE = List.of(
            "",
            " ",
            ".",
            "..",
            "../../etc/passwd",
            "..%2f..%2fetc%2fpasswd",
            "a/../../b",
            "/etc/passwd",
            ".git/config",
            ".GIT/hooks/pre-commit",
            "a\\..\\b",
            "a\u0000b",
            "a\r\nX-Injected: 1",
            "\u202e\uFEFF",
            "\uD83D\uDE80",
            "%",
            "%zz",
            "%2500",
            "$where",
            "{\"$ne\":null}",
            "'; DROP TABLE projects; --",
            "<script>alert(1)</script>",
            "${jndi:ldap://127.0.0.1:1/a}",
            "-1",
            "0",
            "1e309",
            "NaN",
            "99999999999999999999",
            "null",
            "true",
            "-",
            "kube-system",
            "http://127.0.0.1:1/x.git",
            "http://169.254.169.254/latest",
            "file:///etc/passwd",
            "ssh://-oProxyCommand=x",
            "0001-01-01T00:00:00Z",
            "2026-13-45T99:99:99Z",
            "x".repeat(300),
            "y".repeat(9000));

    private static final int DEEPEST = 4;

    private final RandomGenerator random;
    private final JsonNode document;

    Guess(RandomGenerator random, JsonNode document) {
        this.random = random;
        this.document = document;
    }

    String hostile() {
        return HOSTILE.get(random.nextInt(HOSTILE.size()));
    }

    boolean oneIn(int number) {
        return random.nextInt(number) == 0;
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** The text of a parameter. */
    String text(JsonNode parameter) {
        if (oneIn(4)) {
            return hostile();
        }
        JsonNode value =
                parameter.has("example") && oneIn(2) ? parameter.get("example") : value(parameter.path("schema"), 0);
        return value.isValueNode() ? value.asText() : value.toString();
    }

    /** A body that is of the schema, or nearly. */
    JsonNode body(JsonNode media) {
        JsonNode body =
                media.has("example") && oneIn(2) ? media.get("example").deepCopy() : value(media.path("schema"), 0);
        return oneIn(2) ? body : spoiled(body);
    }

    private JsonNode value(JsonNode given, int depth) {
        JsonNode schema = follow(given);
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (schema.has("enum")) {
            return oneOf(schema.get("enum").valueStream().toList());
        }
        if (schema.has("examples") && oneIn(2)) {
            return oneOf(schema.get("examples").valueStream().toList());
        }
        for (String of : List.of("oneOf", "anyOf")) {
            if (schema.has(of)) {
                return value(oneOf(schema.get(of).valueStream().toList()), depth);
            }
        }
        return switch (type(schema)) {
            case "integer", "number" -> nodes.numberNode(number(schema));
            case "boolean" -> nodes.booleanNode(random.nextBoolean());
            case "null" -> nodes.nullNode();
            case "array" -> array(schema, depth);
            case "object" -> object(schema, depth);
            default -> nodes.textNode(string(schema));
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        List<String> required =
                schema.path("required").valueStream().map(JsonNode::asText).toList();
        schema.path("properties").properties().forEach(property -> {
            if (required.contains(property.getKey()) || (depth < DEEPEST && random.nextBoolean())) {
                object.set(property.getKey(), value(property.getValue(), depth + 1));
            }
        });
        return object;
    }

    private ArrayNode array(JsonNode schema, int depth) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        int size = depth < DEEPEST ? random.nextInt(4) : 0;
        for (int i = 0; i < size; i++) {
            array.add(value(schema.path("items"), depth + 1));
        }
        return array;
    }

    private long number(JsonNode schema) {
        long least = schema.path("minimum").asLong(-3);
        long most = schema.path("maximum").asLong(least + 200);
        return oneIn(5)
                ? oneOf(List.of(least - 1, least, most, most + 1, Long.MAX_VALUE, Long.MIN_VALUE))
                : random.nextLong(least, most + 1);
    }

    private String string(JsonNode schema) {
        if (schema.path("contentEncoding").asText().equals("base64") && !oneIn(5)) {
            return Base64.getEncoder().encodeToString(word().getBytes(StandardCharsets.UTF_8));
        }
        return oneIn(5) ? hostile() : word();
    }

    private String word() {
        return random.ints(1 + random.nextInt(12), 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The same with one thing wrong: gone, of another type, too much of it, or a stranger beside it. */
    private JsonNode spoiled(JsonNode body) {
        if (!(body instanceof ObjectNode object) || object.isEmpty()) {
            return strange();
        }
        ObjectNode copy = object.deepCopy();
        String field = oneOf(new ArrayList<>(
                copy.properties().stream().map(Map.Entry::getKey).toList()));
        switch (random.nextInt(5)) {
            case 0 -> copy.remove(field);
            case 1 -> copy.set(field, strange());
            case 2 -> copy.put(field, hostile());
            case 3 -> copy.set(hostile(), strange());
            default -> copy.set(field, spoiled(copy.get(field)));
        }
        return copy;
    }

    private JsonNode strange() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(7)) {
            case 0 -> nodes.nullNode();
            case 1 -> nodes.numberNode(random.nextDouble() * 1e300);
            case 2 -> nodes.booleanNode(true);
            case 3 -> nodes.arrayNode().add(nodes.objectNode());
            case 4 -> deep(90);
            case 5 -> nodes.objectNode().put("$gt", "").put("a.b", 1);
            default -> nodes.textNode(hostile());
        };
    }

    private static JsonNode deep(int levels) {
        ArrayNode outer = JsonNodeFactory.instance.arrayNode();
        ArrayNode inner = outer;
        for (int i = 0; i < levels; i++) {
            inner = inner.addArray();
        }
        return outer;
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return type.get(0).asText();
        }
        return type.isMissingNode() ? (schema.has("properties") ? "object" : "string") : type.asText();
    }

    JsonNode follow(JsonNode node) {
        return node.has("$ref") ? follow(document.at(node.get("$ref").asText().substring(1))) : node;
    }
}
