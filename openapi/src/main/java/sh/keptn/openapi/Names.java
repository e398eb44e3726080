package sh.keptn.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Under which names a collection's components stand in the document of the whole.
 *
 * @param references the old {@code $ref}s with their new ones
 * @param schemes the old names of security schemes with their new ones
 */
record Names(Map<String, String> references, Map<String, String> schemes) {
    Names {
        references = Map.copyOf(references);
        schemes = Map.copyOf(schemes);
    }

    static Names of(String collection, JsonNode part, JsonNode whole) {
        Map<String, String> schemes = new TreeMap<>();
        JsonNode known = whole.path("securitySchemes");
        part.path("securitySchemes").properties().forEach(scheme -> {
            String own = scheme.getKey();
            String free = known.has(own) ? capital(prefixed(collection, own)) : own;
            schemes.put(own, equal(known, scheme.getValue()).orElse(free));
        });
        Names names = new Names(Map.of(), schemes);
        // A component that refers to a renamed one is another too.
        for (Names next = names.renamed(collection, part, whole);
                !next.equals(names);
                next = names.renamed(collection, part, whole)) {
            names = next;
        }
        return names;
    }

    /** {@code configuration-service} and {@code getProject} make {@code configurationServiceGetProject}. */
    static String prefixed(String collection, String name) {
        String[] words = collection.split("-", -1);
        return words[0] + capital(words).substring(words[0].length()) + capital(name);
    }

    /** A copy of the document with the new names. */
    JsonNode apply(JsonNode document) {
        JsonNode copy = references(document);
        if (copy.path("components") instanceof ObjectNode components) {
            components
                    .properties()
                    .forEach(kind -> components.set(kind.getKey(), named(kind.getKey(), kind.getValue())));
        }
        copy.findParents("security")
                .forEach(parent -> ((ObjectNode) parent).set("security", secured(parent.path("security"))));
        return copy;
    }

    private Names renamed(String collection, JsonNode part, JsonNode whole) {
        Map<String, String> renamed = new TreeMap<>(references);
        part.properties()
                .forEach(kind -> kind.getValue().properties().forEach(component -> {
                    boolean scheme = kind.getKey().equals("securitySchemes");
                    if (!scheme) {
                        String prefix = "#/components/" + kind.getKey() + "/";
                        String name = name(
                                collection,
                                component.getKey(),
                                references(component.getValue()),
                                whole.path(kind.getKey()));
                        renamed.put(prefix + component.getKey(), prefix + name);
                    }
                }));
        return new Names(renamed, schemes);
    }

    /** Its own name if that is free or taken by an equal one, else that of an equal one, else one that is free. */
    private static String name(String collection, String own, JsonNode component, JsonNode taken) {
        JsonNode wanted = Sameness.of(component);
        if (!taken.has(own) || Sameness.of(taken.path(own)).equals(wanted)) {
            return own;
        }
        return taken.properties().stream()
                .filter(other -> other.getKey().endsWith(capital(own)))
                .filter(other -> Sameness.of(other.getValue()).equals(wanted))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(capital(prefixed(collection, own)));
    }

    private JsonNode references(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> {
                boolean reference =
                        field.getKey().equals("$ref") && field.getValue().isTextual();
                String target = field.getValue().asText();
                copy.set(
                        field.getKey(),
                        reference
                                ? copy.textNode(references.getOrDefault(target, target))
                                : references(field.getValue()));
            });
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> copy.add(references(element)));
            return copy;
        }
        return node.deepCopy();
    }

    private ObjectNode named(String kind, JsonNode components) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        components.properties().forEach(component -> {
            String pointer = "#/components/" + kind + "/" + component.getKey();
            String name = references.getOrDefault(pointer, pointer);
            String scheme = schemes.getOrDefault(component.getKey(), component.getKey());
            copy.set(
                    kind.equals("securitySchemes") ? scheme : name.substring(name.lastIndexOf('/') + 1),
                    component.getValue());
        });
        return copy;
    }

    private ArrayNode secured(JsonNode security) {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode();
        for (JsonNode alternative : security) {
            ObjectNode one = copy.addObject();
            alternative
                    .properties()
                    .forEach(scheme ->
                            one.set(schemes.getOrDefault(scheme.getKey(), scheme.getKey()), scheme.getValue()));
        }
        return copy;
    }

    private static Optional<String> equal(JsonNode schemes, JsonNode wanted) {
        return schemes.properties().stream()
                .filter(scheme -> scheme.getValue().equals(wanted))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static String capital(String... words) {
        return Stream.of(words)
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }
}
