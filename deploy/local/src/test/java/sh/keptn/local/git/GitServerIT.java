package sh.keptn.local.git;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Git server on one's own machine owes to whoever keeps work in it. */
class GitServerIT {
    private static final String SOCKSHOP = "{\"project\":\"sockshop\",\"namespace\":\"keptn\"}";

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private GitServer server;

    @BeforeEach
    void start() {
        server = GitServer.start(repositories(), 0);
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    private Path repositories() {
        return directory.resolve("repositories");
    }

    private HttpResponse<String> repository(String method) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/repository"))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(SOCKSHOP))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode provision() throws IOException, InterruptedException {
        HttpResponse<String> answer = repository("POST");
        assertThat(answer.statusCode()).isEqualTo(201);
        return new JsonMapper().readTree(answer.body());
    }

    /** The address with its token, as a developer would paste it. */
    private String remote(String token) {
        return server.url().toString().replace("http://", "http://keptn:" + token + "@") + "/sockshop.git";
    }

    private record Result(int code, String output) {}

    private Result attempt(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=me", "-c", "user.email=me@example.org"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("HOME", directory.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return new Result(process.waitFor(), output);
    }

    private String git(Path folder, String... arguments) throws IOException, InterruptedException {
        Result result = attempt(folder, arguments);
        assertThat(result.code()).as(result.output()).isZero();
        return result.output();
    }

    /** Pushes one commit to the server and returns its id. */
    private String push(String token, String text) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory(directory, "work");
        git(work, "init", "-q", "--initial-branch=main");
        Files.writeString(work.resolve("file"), text);
        git(work, "add", "file");
        git(work, "commit", "-q", "-m", text);
        git(work, "push", "-q", remote(token), "main");
        return git(work, "rev-parse", "HEAD");
    }

    @Test
    void keepsTokenAndContentOverARestart() throws Exception {
        String token = provision().path("gitToken").asText();
        String pushed = push(token, "before");
        server.close();

        server = GitServer.start(repositories(), 0);

        assertThat(git(directory, "ls-remote", remote(token), "refs/heads/main"))
                .startsWith(pushed);
        assertThat(provision().path("gitToken").asText()).isEqualTo(token);
        assertThat(provision().path("gitRemoteURL").asText()).isEqualTo(server.url() + "/sockshop.git");
    }

    @Test
    void movesADeletedRepositoryAsideAndProvisionsAnEmptyOne() throws Exception {
        String old = provision().path("gitToken").asText();
        String pushed = push(old, "precious");

        HttpResponse<String> answer = repository("DELETE");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(attempt(directory, "ls-remote", remote(old)).code()).isNotZero();
        List<Path> aside = aside();
        assertThat(aside).hasSize(1);
        assertThat(git(aside.getFirst(), "rev-parse", "main")).isEqualTo(pushed);
        assertThat(git(aside.getFirst(), "show", "main:file")).isEqualTo("precious");

        String renewed = provision().path("gitToken").asText();
        assertThat(renewed).isNotEqualTo(old);
        assertThat(git(directory, "ls-remote", remote(renewed))).isEmpty();
        assertThat(attempt(directory, "ls-remote", remote(old)).code()).isNotZero();
        push(renewed, "another");
        assertThat(git(aside.getFirst(), "rev-parse", "main")).isEqualTo(pushed);
    }

    @Test
    void keepsEveryOneOfManyThatWereDeleted() throws Exception {
        Set<String> tokens = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            tokens.add(provision().path("gitToken").asText());
            assertThat(repository("DELETE").statusCode()).isEqualTo(204);
        }

        assertThat(tokens).hasSize(20);
        assertThat(aside()).hasSize(20);
    }

    @Test
    void answersTheSameWhenThereIsNothingToDelete() throws Exception {
        provision();
        repository("DELETE");

        HttpResponse<String> again = repository("DELETE");

        assertThat(again.statusCode()).isEqualTo(204);
        assertThat(aside()).hasSize(1);
    }

    private List<Path> aside() throws IOException {
        try (var entries = Files.list(repositories())) {
            return entries.filter(path -> path.getFileName().toString().startsWith("sockshop.git.deleted-"))
                    .toList();
        }
    }
}
