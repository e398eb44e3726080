package sh.keptn.local.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sh.keptn.crds.project.WebhookToken;

/** A push is announced where the operator says, signed; and is a push whether anybody listens or not. */
class WebhookIT {
    private static final WebhookToken TOKEN = WebhookToken.of("one-token-for-all-of-them");

    /** printf '{}' | openssl dgst -sha256 -hmac one-token-for-all-of-them */
    private static final String SIGNATURE = "sha256=5c2651ebfc56cc2e8f31b1ccb6b9af8c45fff84d358a29f7c0f7f67fdc01baa7";

    @TempDir
    Path directory;

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private HttpServer listener;
    private GitServer server;

    private record Call(String method, String path, String signature, String body) {}

    @BeforeEach
    void start() throws IOException {
        listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/", exchange -> {
            try (exchange) {
                calls.add(new Call(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().getPath(),
                        exchange.getRequestHeaders().getFirst("X-Signature"),
                        new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
                exchange.sendResponseHeaders(202, -1);
            }
        });
        listener.start();
        URI api = URI.create("http://127.0.0.1:" + listener.getAddress().getPort());
        server = GitServer.start(directory.resolve("repositories"), 0, "", Optional.of(new Webhook(api, TOKEN)));
    }

    @AfterEach
    void stop() {
        server.close();
        listener.stop(0);
    }

    @Test
    void announcesAPushAtTheAddressOfItsProject() throws Exception {
        push("sockshop", "keptn");

        await().until(() -> !calls.isEmpty());
        assertThat(calls).containsExactly(new Call("POST", TOKEN.path("keptn", "sockshop"), SIGNATURE, "{}"));
    }

    @Test
    void announcesAPushToAProjectOfAnotherNamespace() throws Exception {
        push("sockshop", "elsewhere");

        await().until(() -> !calls.isEmpty());
        assertThat(calls).extracting(Call::path).containsExactly(TOKEN.path("elsewhere", "sockshop"));
    }

    @Test
    void announcesNothingWhereNothingChanges() throws Exception {
        Path work = push("sockshop", "keptn");
        await().until(() -> !calls.isEmpty());
        calls.clear();

        git(work, "push", "-q", remote("sockshop", "keptn"), "main");
        push("other", "keptn");

        await().until(() -> !calls.isEmpty());
        assertThat(calls).extracting(Call::path).containsExactly(TOKEN.path("keptn", "other"));
    }

    @Test
    void takesAPushThatNobodyListensTo() throws Exception {
        listener.stop(0);

        Path work = push("sockshop", "keptn");

        assertThat(git(work, "ls-remote", remote("sockshop", "keptn"), "refs/heads/main"))
                .startsWith(git(work, "rev-parse", "HEAD"));
    }

    private String remote(String project, String namespace) {
        Provisioned upstream = server.provision(project, namespace);
        return upstream.gitRemoteUrl().replace("http://", "http://keptn:" + upstream.gitToken() + "@");
    }

    private Path push(String project, String namespace) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory(directory, "work");
        git(work, "init", "-q", "--initial-branch=main");
        git(work, "commit", "-q", "--allow-empty", "-m", "hello");
        git(work, "push", "-q", remote(project, namespace), "main");
        return work;
    }

    private String git(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=me", "-c", "user.email=me@example.org"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("HOME", directory.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
