package sh.keptn.api.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;

/**
 * Swagger UI at {@code /api/swagger-ui/} and the documents that it shows; open, and without any address elsewhere.
 *
 * <pre>
 * curl $KEPTN_ENDPOINT/swagger-ui/swagger.yaml
 * </pre>
 */
public final class DocumentsRoom implements Room {
    private static final String PAGE = "/api/swagger-ui/";
    private static final String OWN = "/swagger-ui/";
    private static final String WEBJAR = "/META-INF/resources/webjars/swagger-ui/5.18.2/";
    private static final String YAML = "application/yaml; charset=utf-8";
    private static final String HTML = "text/html; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";
    private static final String IMAGE = "image/png";

    /**
     * Scripts and calls only from and to this server, and nothing inline but the one style that Swagger UI's logo brings,
     * which is known by its hash.
     */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'"
            + " 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";

    private record Asset(String name, String folder, String contentType) {}

    private static final List<Asset> ASSETS = List.of(
            new Asset("index.html", OWN, HTML),
            new Asset("swagger-initializer.js", OWN, SCRIPT),
            new Asset("index.css", WEBJAR, STYLE),
            new Asset("swagger-ui.css", WEBJAR, STYLE),
            new Asset("swagger-ui-bundle.js", WEBJAR, SCRIPT),
            new Asset("swagger-ui-standalone-preset.js", WEBJAR, SCRIPT),
            new Asset("favicon-16x16.png", WEBJAR, IMAGE),
            new Asset("favicon-32x32.png", WEBJAR, IMAGE));

    @Override
    public void routes(Routes routes) {
        routes.open("/api", _ -> Answer.redirect(301, PAGE));
        routes.open(PAGE, _ -> answer(ASSETS.getFirst()));
        for (Asset asset : ASSETS) {
            routes.open(PAGE + asset.name(), _ -> answer(asset));
        }
        for (Document document : Document.values()) {
            routes.open(document.path(), _ -> Answer.bytes(200, YAML, read(document.resource())));
        }
    }

    private static Answer answer(Asset asset) {
        return Answer.bytes(200, asset.contentType(), read(asset.folder() + asset.name()))
                .with("Cache-Control", asset.folder().equals(OWN) ? "no-cache" : "public, max-age=3600")
                .with("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .with("Referrer-Policy", "no-referrer");
    }

    private static byte[] read(String resource) {
        try (InputStream stream = Objects.requireNonNull(
                DocumentsRoom.class.getResourceAsStream(resource), () -> resource + " is not in this program")) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
