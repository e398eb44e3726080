package sh.keptn.api.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Reads a document as the server serves it. */
final class DocumentYaml {
    private static final YAMLMapper YAML = new YAMLMapper();

    private DocumentYaml() {}

    static JsonNode read(Document document) {
        try (InputStream stream = Objects.requireNonNull(Document.class.getResourceAsStream(document.resource()))) {
            return YAML.readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
