package sh.keptn.local.git;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/**
 * Keptn's provisioner protocol.
 *
 * <pre>
 * curl -X POST http://127.0.0.1:9418/repository -d '{"project":"sockshop","namespace":"keptn"}'
 * 201 {"gitRemoteURL":"http://127.0.0.1:9418/sockshop.git","gitToken":"…","gitUser":"keptn"}
 *
 * curl -X DELETE http://127.0.0.1:9418/repository -d '{"project":"sockshop","namespace":"keptn"}'
 * 204
 * </pre>
 *
 * Anybody who reaches the loopback address may ask: the server is for one machine and one user.
 */
final class ProvisionerRoutes implements HttpService {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_BODY = 64 * 1024;

    private final Repositories repositories;

    ProvisionerRoutes(Repositories repositories) {
        this.repositories = repositories;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post(this::provision).delete(this::retire);
    }

    private void provision(ServerRequest request, ServerResponse response) {
        RepositoryName name;
        try {
            name = nameIn(request);
        } catch (IllegalArgumentException | JsonProcessingException e) {
            response.status(Status.BAD_REQUEST_400).send(String.valueOf(e.getMessage()));
            return;
        }
        Repositories.Entry entry = repositories.provision(name);
        URI base = URI.create("http://127.0.0.1:" + request.localPeer().port());
        try {
            response.status(Status.CREATED_201)
                    .header(HeaderNames.CONTENT_TYPE, "application/json")
                    .send(JSON.writeValueAsBytes(Provisioned.of(base, entry)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void retire(ServerRequest request, ServerResponse response) {
        try {
            repositories.retire(nameIn(request));
            response.status(Status.NO_CONTENT_204).send();
        } catch (IllegalArgumentException | JsonProcessingException e) {
            response.status(Status.BAD_REQUEST_400).send(String.valueOf(e.getMessage()));
        }
    }

    private static RepositoryName nameIn(ServerRequest request) throws JsonProcessingException {
        try {
            byte[] body = request.content().inputStream().readNBytes(MAX_BODY);
            JsonNode json = JSON.readTree(body);
            return RepositoryName.of(
                    json.path("project").asText(""), json.path("namespace").asText(""));
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
