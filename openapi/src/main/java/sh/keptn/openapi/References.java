package sh.keptn.openapi;

import com.fasterxml.jackson.databind.JsonNode;

/** Follows the references inside a document, and knows where they lead in Swagger 2.0. */
record References(JsonNode document) {
    private static final String COMPONENTS = "#/components/";

    /** The node itself, or what it refers to. */
    JsonNode follow(JsonNode node) {
        JsonNode found = node;
        while (found.has("$ref")) {
            String target = found.path("$ref").asText();
            found = document.at(target.substring(1));
            if (found.isMissingNode()) {
                throw new IllegalArgumentException(target + " is not there");
            }
        }
        return found;
    }

    /** The same reference in Swagger 2.0. */
    static String swagger(String reference) {
        if (!reference.startsWith(COMPONENTS)) {
            throw new IllegalArgumentException("a reference to " + reference);
        }
        return "#/" + reference.substring(COMPONENTS.length()).replaceFirst("^schemas/", "definitions/");
    }
}
