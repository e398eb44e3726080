package sh.keptn.api.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.Printable;

/** What a package says is to be done, in this order. One that exists names only actions that there are. */
record Manifest(List<ImportTask> tasks) {
    private static final String FIELD = "manifest";
    private static final String VERSION = "v1beta1";
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_TASKS = 1_000;
    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(20).build())
            .build());

    Manifest {
        tasks = List.copyOf(tasks);
    }

    /**
     * Reads the text.
     *
     * @throws KeptnException {@code Invalid} with the rule that is broken
     */
    static Manifest parse(byte[] text) {
        if (text.length > MAX_BYTES) {
            throw KeptnException.invalid(FIELD, "has more than " + MAX_BYTES + " bytes");
        }
        JsonNode root = read(text);
        String version = root.path("apiVersion").asText("");
        if (!version.equals(VERSION)) {
            throw KeptnException.invalid(FIELD, "apiVersion '" + Printable.of(version) + "' must be " + VERSION);
        }
        JsonNode tasks = root.path("tasks");
        if (!tasks.isMissingNode() && !tasks.isNull() && !tasks.isArray()) {
            throw KeptnException.invalid(FIELD, "tasks must be a list");
        }
        if (tasks.size() > MAX_TASKS) {
            throw KeptnException.invalid(FIELD, "has more than " + MAX_TASKS + " tasks");
        }
        List<ImportTask> parsed = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonNode node : tasks) {
            ImportTask task = task(node);
            if (!ids.add(task.id())) {
                throw KeptnException.invalid(FIELD, "task id '" + task.id() + "' stands twice");
            }
            parsed.add(task);
        }
        return new Manifest(parsed);
    }

    private static JsonNode read(byte[] text) {
        try {
            JsonNode root = YAML.readTree(new String(text, StandardCharsets.UTF_8));
            if (root == null || !root.isObject()) {
                throw KeptnException.invalid(FIELD, "is not a YAML mapping");
            }
            return root;
        } catch (JsonProcessingException e) {
            var where = e.getLocation();
            throw new KeptnException(new KeptnError.Invalid(
                    FIELD, "is not valid YAML" + (where == null ? "" : " (line " + where.getLineNr() + ")")));
        }
    }

    private static ImportTask task(JsonNode node) {
        ImportTask.Head head = new ImportTask.Head(text(node, "id"), text(node, "name"), context(node.path("context")));
        String type = text(node, "type");
        return switch (type) {
            case "api" -> {
                refuse(head, node, "resource", "resourceUri", "stage", "service");
                yield new ImportTask.Call(
                        head, ImportTask.Action.named(text(node, "action")), required(head, node, "payload"));
            }
            case "resource" -> {
                refuse(head, node, "action", "payload");
                yield new ImportTask.Upload(
                        head,
                        required(head, node, "resource"),
                        required(head, node, "resourceUri"),
                        optional(node, "stage"),
                        optional(node, "service"));
            }
            default ->
                throw KeptnException.invalid(
                        "task " + head.id(), "type '" + Printable.of(type) + "' must be api or resource");
        };
    }

    private static Map<String, String> context(JsonNode node) {
        Map<String, String> context = new LinkedHashMap<>();
        if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
            throw KeptnException.invalid(FIELD, "a task's context must be a mapping");
        }
        node.properties().forEach(entry -> {
            if (!entry.getValue().isValueNode() || entry.getValue().isNull()) {
                throw KeptnException.invalid(FIELD, "context '" + Printable.of(entry.getKey()) + "' must be a text");
            }
            context.put(entry.getKey(), entry.getValue().asText());
        });
        return context;
    }

    private static void refuse(ImportTask.Head head, JsonNode node, String... fields) {
        for (String field : fields) {
            if (node.has(field)) {
                throw KeptnException.invalid("task " + head.id(), "'" + field + "' is of the other type of task");
            }
        }
    }

    private static String required(ImportTask.Head head, JsonNode node, String field) {
        return optional(node, field)
                .orElseThrow(() -> KeptnException.invalid("task " + head.id(), "'" + field + "' is missing"));
    }

    private static Optional<String> optional(JsonNode node, String field) {
        return Optional.of(text(node, field)).filter(text -> !text.isEmpty());
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).isValueNode() && !node.path(field).isNull()
                ? node.path(field).asText()
                : "";
    }
}
