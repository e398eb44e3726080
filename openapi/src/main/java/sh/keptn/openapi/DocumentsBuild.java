package sh.keptn.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the served documents:
 *
 * <ul>
 *   <li>{@code <collection>.yaml}: OpenAPI 3.1, as written but for the version and the server's address;
 *   <li>{@code <collection>.swagger.yaml} and {@code .swagger.json}: the same as Swagger 2.0;
 *   <li>{@code keptn.yaml} and {@code keptn.json}: all collections in one, OpenAPI 3.1.
 * </ul>
 *
 * <p>Servers are addressed relative to where a document is served, so that a path prefix in front of everything changes
 * nothing. Swagger 2.0 knows no relative addresses.
 */
public final class DocumentsBuild {
    /** The hand-written frame of the document of the whole. */
    private static final String WHOLE = "keptn.yaml";

    private DocumentsBuild() {}

    /** Takes the folder of the hand-written documents, the folder to write to, and the version of this program. */
    public static void main(String[] arguments) throws IOException {
        build(Path.of(arguments[0]), Path.of(arguments[1]), arguments[2]);
    }

    static void build(Path from, Path to, String version) throws IOException {
        Files.createDirectories(to);
        WholeDocument whole = new WholeDocument(read(from.resolve(WHOLE), version));
        for (Path file : parts(from)) {
            String collection = name(file).replace(".yaml", "");
            ObjectNode document = read(file, version);
            try {
                whole.add(collection, document);
                ObjectNode swagger = new SwaggerDocument(document).convert();
                Files.write(to.resolve(collection + ".swagger.yaml"), Texts.yaml(swagger));
                Files.write(to.resolve(collection + ".swagger.json"), Texts.json(swagger));
                Files.write(to.resolve(collection + ".yaml"), Texts.yaml(addressed(collection, document)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
            }
        }
        Files.write(to.resolve(WHOLE), Texts.yaml(whole.document()));
        Files.write(to.resolve("keptn.json"), Texts.json(whole.document()));
    }

    private static List<Path> parts(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> name(file).endsWith(".yaml"))
                    .filter(file -> !name(file).equals(WHOLE))
                    .sorted()
                    .toList();
        }
    }

    private static ObjectNode read(Path file, String version) throws IOException {
        if (!(Texts.read(Files.readString(file)) instanceof ObjectNode document)) {
            throw new IllegalArgumentException(file + " is no OpenAPI document");
        }
        document.withObject("/info").put("version", version);
        return document;
    }

    private static ObjectNode addressed(String collection, ObjectNode document) {
        ObjectNode addressed = document.deepCopy();
        String home = Addresses.home(collection);
        for (JsonNode server : addressed.path("servers")) {
            ((ObjectNode) server)
                    .put("url", Addresses.relative(home, server.path("url").asText()));
        }
        return addressed;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
