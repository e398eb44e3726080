package sh.keptn.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * All collections in one document. A component that several collections define alike is there once; one that only shares
 * its name gets the collection's before it, and so does an operation's id.
 */
final class WholeDocument {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    private final ObjectNode whole;
    private final Set<String> operationIds = new HashSet<>();
    private final Set<String> tags = new HashSet<>();

    /** Fills the frame, which holds what no collection says: a title and a description. */
    WholeDocument(ObjectNode frame) {
        this.whole = frame.deepCopy();
        whole.putArray("servers").addObject().put("url", "../api");
        whole.putArray("tags");
        whole.putObject("paths");
        whole.putObject("components");
    }

    void add(String collection, ObjectNode document) {
        Names names = Names.of(collection, document.path("components"), whole.path("components"));
        ObjectNode part = (ObjectNode) names.apply(document);
        part.path("components")
                .properties()
                .forEach(kind ->
                        kind.getValue().properties().forEach(component -> addComponent(kind.getKey(), component)));
        for (JsonNode tag : part.path("tags")) {
            if (tags.add(tag.path("name").asText())) {
                whole.withArray("tags").add(tag);
            }
        }
        String base = part.at("/servers/0/url").asText();
        part.path("paths").properties().forEach(path -> {
            ObjectNode item = (ObjectNode) path.getValue();
            item.properties().stream()
                    .filter(operation -> METHODS.contains(operation.getKey()))
                    .forEach(operation ->
                            complete((ObjectNode) operation.getValue(), collection, part.path("security")));
            addPath(base, path.getKey(), item);
        });
    }

    ObjectNode document() {
        return whole;
    }

    private void addComponent(String kind, Map.Entry<String, JsonNode> component) {
        ObjectNode all = whole.withObject("/components").withObject("/" + kind);
        if (!all.has(component.getKey())) {
            all.set(component.getKey(), component.getValue());
        }
    }

    private void complete(ObjectNode operation, String collection, JsonNode security) {
        String id = operation.path("operationId").asText();
        if (!operationIds.add(id)) {
            operation.put("operationId", Names.prefixed(collection, id));
            operationIds.add(operation.path("operationId").asText());
        }
        if (!operation.has("security") && !security.isMissingNode()) {
            operation.set("security", security.deepCopy());
        }
    }

    private void addPath(String base, String path, ObjectNode item) {
        String full = base + path;
        ObjectNode paths = (ObjectNode) whole.path("paths");
        if (full.startsWith(Addresses.API)) {
            paths.set(full.substring(Addresses.API.length() - 1), item);
            return;
        }
        ArrayNode servers = item.putArray("servers");
        servers.addObject().put("url", Addresses.relative(Addresses.API, base));
        paths.set(path, item);
    }
}
