package sh.keptn.bench.keptn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import sh.keptn.bench.measure.VoidRun;

/** What clients of Keptn send; an answer that is not the expected one makes the run void. */
public final class KeptnApi implements Resources, AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String endpoint;
    private final String token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    /** @param endpoint the base path, without a slash at its end */
    public KeptnApi(String endpoint, String token) {
        this.endpoint = endpoint;
        this.token = token;
    }

    @Override
    public void createProject(String name, List<String> stages) throws IOException, InterruptedException {
        String shipyard =
                stages.stream().map(stage -> "    - name: " + stage + "\n").collect(Collectors.joining("", """
                        apiVersion: spec.keptn.sh/0.2.3
                        kind: Shipyard
                        metadata:
                          name: bench
                        spec:
                          stages:
                        """, ""));
        post("/controlPlane/v1/project", Map.of("name", name, "shipyard", base64(shipyard)), 201);
    }

    @Override
    public String write(String project, String stage, String path, String content)
            throws IOException, InterruptedException {
        Map<String, Object> resource = Map.of("resourceURI", path, "resourceContent", base64(content));
        JsonNode answer = JSON.readTree(post(resources(project, stage), Map.of("resources", List.of(resource)), 201));
        return answer.required("commitID").asText();
    }

    @Override
    public String read(String project, String stage, String path) throws IOException, InterruptedException {
        return content(get(resources(project, stage) + "/" + encoded(path)));
    }

    @Override
    public String readAt(String project, String stage, String commit, String path)
            throws IOException, InterruptedException {
        return content(get(resources(project, stage) + "/" + encoded(path) + "?gitCommitID=" + commit));
    }

    /** Sends an event; its context. */
    public String event(Map<String, Object> event) throws IOException, InterruptedException {
        return JSON.readTree(post("/v1/event", event, 200))
                .required("keptnContext")
                .asText();
    }

    /** A page of events that a query finds. */
    public JsonNode events(String query) throws IOException, InterruptedException {
        return JSON.readTree(get("/mongodb-datastore/event?" + query));
    }

    /** The cheapest question there is: an answer that is the same each time. */
    public void metadata() throws IOException, InterruptedException {
        VoidRun.unless(get("/v1/metadata").contains("namespace"), "metadata names no namespace");
    }

    private static String resources(String project, String stage) {
        return "/resource-service/v1/project/" + project + "/stage/" + stage + "/resource";
    }

    private static String encoded(String path) {
        return path.replace("/", "%2F");
    }

    private static String content(String answer) throws IOException {
        String base64 = JSON.readTree(answer).required("resourceContent").asText();
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String get(String path) throws IOException, InterruptedException {
        return send(request(path).GET(), 200);
    }

    private String post(String path, Map<String, ?> body, int expected) throws IOException, InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))),
                expected);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(endpoint + path))
                .timeout(PATIENCE)
                .header("x-token", token);
    }

    private String send(HttpRequest.Builder request, int expected) throws IOException, InterruptedException {
        HttpRequest ready = request.build();
        HttpResponse<String> response = http.send(ready, HttpResponse.BodyHandlers.ofString());
        VoidRun.unless(
                response.statusCode() == expected,
                ready.method() + " " + ready.uri().getPath() + " answers " + response.statusCode() + ": "
                        + response.body());
        return response.body();
    }

    @Override
    public void close() {
        http.close();
    }
}
