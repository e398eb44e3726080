package sh.keptn.api.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import sh.keptn.api.HttpCalls;
import sh.keptn.api.HttpCalls.Seen;

/**
 * Fails the test that gets an answer which the documents do not describe: another status, another content type, a body
 * that is not of its schema. A path that no document knows may only be refused.
 */
public final class AnswerChecker implements Consumer<Seen> {
    /** How requests are refused that are no operation. */
    private static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 404, 405, 408, 413, 414, 429, 431, 503);

    private static final Set<String> OPEN =
            Set.of("/api", "/api/health", "/nginx-health", "/api/controlPlane/health", "/api/resource-service/health");

    private final List<Documented> operations = Documented.all();
    private final DocumentSchemas schemas = new DocumentSchemas();

    @Override
    public void accept(Seen seen) {
        String path = seen.uri().getRawPath();
        if (!path.startsWith("/api") && !path.startsWith("/hooks")) {
            return;
        }
        List<String> segments = Documented.segments(path);
        String method = seen.method().equals("HEAD") ? "GET" : seen.method();
        Optional<Documented> operation = operations.stream()
                .filter(candidate -> candidate.method().equals(method) && candidate.fits(segments))
                .findFirst();
        if (operation.isPresent()) {
            check(operation.get(), seen);
        } else if (!isPage(path)) {
            assertThat(seen.reply().status())
                    .as("%s %s is in no document, so it is refused", seen.method(), path)
                    .isIn(REFUSALS);
        }
    }

    private void check(Documented operation, Seen seen) {
        HttpCalls.Reply reply = seen.reply();
        Optional<String> described = operation.answer(reply.status());
        assertThat(described)
                .as("%s answers %s, which its document does not describe", operation, reply)
                .isPresent();
        if (seen.method().equals("HEAD")) {
            return;
        }
        JsonNode content = operation.root().at(described.get()).path("content");
        if (content.isMissingNode()) {
            assertThat(reply.body())
                    .as("%s answers %s without a body", operation, reply.status())
                    .isEmpty();
            return;
        }
        String type = reply.header("Content-Type").orElse("none").split(";", 2)[0];
        assertThat(content.has(type))
                .as("%s answers %s as %s", operation, reply.status(), type)
                .isTrue();
        String schema = described.get() + "/content/" + Documented.escape(type) + "/schema";
        assertThat(schemas.violations(operation.document(), schema, reply.json()))
                .as("%s answers %s", operation, reply)
                .isEmpty();
    }

    private static boolean isPage(String path) {
        return OPEN.contains(path)
                || path.startsWith("/api/swagger-ui/")
                || Arrays.stream(Document.values())
                        .anyMatch(document -> document.path().equals(path));
    }
}
