package sh.keptn.bench.git;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import sh.keptn.bench.measure.ClosedLoop;
import sh.keptn.bench.measure.Run;
import sh.keptn.bench.measure.VoidRun;

/** The Git server that holds both sides' upstreams, asked for repositories by Keptn's provisioning protocol. */
public final class Hosting {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int FLOOR_REQUESTS = 300;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final String namespace;

    /** @param address where the repositories stand; credentials in it are not needed here, each repository has its own */
    public Hosting(URI address, String namespace) {
        this.base = URI.create(address.getScheme() + "://" + address.getHost() + ":" + address.getPort());
        this.namespace = namespace;
    }

    /** A repository and what opens it. */
    public record Repository(String url, String user, String token) {

        /** The header that Git is given, so that it need not be refused first. */
        String authorization() {
            return "Authorization: Basic "
                    + Base64.getEncoder().encodeToString((user + ":" + token).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The repository of that name, made if there is none. */
    public Repository repository(String project) throws IOException, InterruptedException {
        String body = JSON.writeValueAsString(Map.of("project", project, "namespace", namespace));
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/repository"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        VoidRun.unless(response.statusCode() / 100 == 2, "no repository: " + response.statusCode());
        JsonNode answer = JSON.readTree(response.body());
        return new Repository(
                answer.required("gitRemoteURL").asText(),
                answer.required("gitUser").asText(),
                answer.required("gitToken").asText());
    }

    /** The least that a request to this server takes: the list of a repository's branches, by a kept connection. */
    public Run floor(Repository repository) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(repository.url() + "/info/refs?service=git-upload-pack"))
                .header("Authorization", repository.authorization().substring("Authorization: ".length()))
                .build();
        return ClosedLoop.alone(FLOOR_REQUESTS, (client, turn) -> {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            VoidRun.unless(response.statusCode() == 200, "info/refs answers " + response.statusCode());
        });
    }
}
