package sh.keptn.api.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One operation of a document.
 *
 * @param method in capitals
 * @param path as clients see it, with the document's base path
 * @param pointer where it stands in its document
 */
record Documented(Document document, JsonNode root, String method, String path, String pointer) {
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch", "head", "options");

    /** Every operation of every document. */
    static List<Documented> all() {
        return Arrays.stream(Document.values()).flatMap(Documented::of).toList();
    }

    static Stream<Documented> of(Document document) {
        JsonNode root = DocumentYaml.read(document);
        String base = root.at("/servers/0/url").asText();
        List<Documented> operations = new ArrayList<>();
        root.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .forEach(operation -> operations.add(new Documented(
                                document,
                                root,
                                operation.getKey().toUpperCase(Locale.ROOT),
                                path.getValue().at("/servers/0/url").asText(base) + path.getKey(),
                                "/paths/" + escape(path.getKey()) + "/" + operation.getKey()))));
        return operations.stream();
    }

    JsonNode operation() {
        return root.at(pointer);
    }

    /** Whether the path of a request, cut at its slashes, is this operation's. A resource's name may hold slashes. */
    boolean fits(List<String> segments) {
        List<String> template = segments(path);
        for (int i = 0; i < template.size(); i++) {
            if (i >= segments.size()) {
                return false;
            }
            String part = template.get(i);
            if (part.equals("{resourceURI}")) {
                return true;
            }
            if (!part.startsWith("{") && !part.equals(segments.get(i))) {
                return false;
            }
        }
        return segments.size() == template.size();
    }

    /** Where the answer with that status is described, if it is. */
    Optional<String> answer(int status) {
        String at = pointer + "/responses/" + status;
        JsonNode answer = root.at(at);
        if (answer.isMissingNode()) {
            return Optional.empty();
        }
        String reference = answer.path("$ref").asText("");
        return Optional.of(reference.isEmpty() ? at : reference.substring(1));
    }

    static List<String> segments(String path) {
        return Arrays.stream(path.split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
