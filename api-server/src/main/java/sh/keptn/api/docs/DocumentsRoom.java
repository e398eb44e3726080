package sh.keptn.api.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Json;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;
import sh.keptn.core.config.PathPrefix;

/**
 * Swagger UI at {@code /api/swagger-ui/} and the documents that it shows; open, and without any address elsewhere. All
 * addresses are relative, so that the page works behind any path prefix.
 *
 * <pre>
 * curl $KEPTN_ENDPOINT/openapi.json
 * curl $KEPTN_ENDPOINT/controlPlane/swagger-ui/openapi.yaml
 * curl $KEPTN_ENDPOINT/controlPlane/swagger-ui/swagger.yaml
 * </pre>
 */
public final class DocumentsRoom implements Room {
    /** Swagger 2.0 knows no relative addresses, so here the prefix is told. */
    private static final Pattern BASE_PATH = Pattern.compile("(basePath\"? ?: \"?)/");

    private static final String PAGE = "/api/swagger-ui/";
    private static final String WHOLE = "/api/openapi";
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

    /** A line of the drop-down. */
    private record Entry(String name, String url) {}

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

    private final PathPrefix prefix;

    public DocumentsRoom(PathPrefix prefix) {
        this.prefix = prefix;
    }

    @Override
    public void routes(Routes routes) {
        routes.open("/api", _ -> Answer.redirect(301, "api/swagger-ui/"));
        routes.open("/api/v1/docs", _ -> Answer.redirect(301, "../swagger-ui/"));
        routes.open(PAGE, _ -> answer(ASSETS.getFirst()));
        for (Asset asset : ASSETS) {
            routes.open(PAGE + asset.name(), _ -> answer(asset));
        }
        routes.open(PAGE + "documents.js", _ -> guarded(Answer.bytes(200, SCRIPT, list()), "no-cache"));
        routes.open(WHOLE + ".yaml", _ -> Answer.bytes(200, YAML, read("/openapi/keptn.yaml")));
        routes.open(WHOLE + ".json", _ -> Answer.bytes(200, Answer.JSON, read("/openapi/keptn.json")));
        // Keptn's api-service had its own document there too.
        routes.open(
                "/api/swagger.json", _ -> Answer.bytes(200, Answer.JSON, swagger("/openapi/api-service.swagger.json")));
        for (Document document : Document.values()) {
            routes.open(document.path(), _ -> Answer.bytes(200, YAML, read(document.resource())));
            routes.open(document.swaggerPath(), _ -> Answer.bytes(200, YAML, swagger(document.swaggerResource())));
        }
    }

    /** The page's drop-down: the whole first, then Keptn's collections. */
    private static byte[] list() {
        List<Entry> list = new ArrayList<>();
        list.add(entry("everything", WHOLE + ".yaml"));
        for (Document document : Document.values()) {
            list.add(entry(document.collection(), document.path()));
        }
        return ("window.keptnDocuments = " + new String(Json.write(list), StandardCharsets.UTF_8) + ";\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Entry entry(String name, String path) {
        return new Entry(name, ".." + path.substring("/api".length()));
    }

    private static Answer answer(Asset asset) {
        return guarded(
                Answer.bytes(200, asset.contentType(), read(asset.folder() + asset.name())),
                asset.folder().equals(OWN) ? "no-cache" : "public, max-age=3600");
    }

    private static Answer guarded(Answer answer, String caching) {
        return answer.with("Cache-Control", caching)
                .with("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .with("Referrer-Policy", "no-referrer");
    }

    private byte[] swagger(String resource) {
        String text = new String(read(resource), StandardCharsets.UTF_8);
        return BASE_PATH
                .matcher(text)
                .replaceFirst(found -> Matcher.quoteReplacement(found.group(1) + prefix.before("/")))
                .getBytes(StandardCharsets.UTF_8);
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
