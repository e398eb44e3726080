package sh.keptn.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A running system: started by {@code ./keptn-local up} with its state in a folder of its own, and its three doors. */
final class LocalSystem implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(20);
    private static final JsonMapper JSON = new JsonMapper();

    private final Path checkout;
    private final Path state;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Optional<KubernetesClient> kubernetes;
    private final Map<String, String> settings;

    private LocalSystem(Path checkout, Path state, List<String> up) {
        this.checkout = checkout;
        this.state = state;
        keptnLocal(up.toArray(String[]::new)).succeeded();
        this.settings = settings();
        this.kubernetes = Optional.of(new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(state.resolve("kubeconfig").toFile()))
                .build());
    }

    /** Starts it, and the sample with it. */
    static LocalSystem up(Path state) {
        return new LocalSystem(checkoutRoot(), state, List.of("up", "--sample"));
    }

    /** Starts it on a real node, with containers; without the sample, whose images are on no such node. */
    static LocalSystem upOnANode(Path state) {
        return new LocalSystem(checkoutRoot(), state, List.of("up", "--node"));
    }

    /** Starts it on a simulated node, without the sample. */
    static LocalSystem upWithoutSample(Path state) {
        return new LocalSystem(checkoutRoot(), state, List.of("up"));
    }

    /** Runs the script with this system's state. */
    Command keptnLocal(String... arguments) {
        String[] words = new String[arguments.length + 1];
        words[0] = "./keptn-local";
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        return Command.run(checkout, Map.of("KEPTN_LOCAL_STATE", state.toString()), START, words);
    }

    /** Runs a shell line in a folder, with the settings that {@code up} wrote and an identity for Git. */
    Command shell(Path folder, String line) {
        Map<String, String> environment = new HashMap<>(settings);
        for (String role : new String[] {"AUTHOR", "COMMITTER"}) {
            environment.put("GIT_" + role + "_NAME", "pusher");
            environment.put("GIT_" + role + "_EMAIL", "pusher@example.com");
        }
        environment.put("KEPTN_LOCAL_STATE", state.toString());
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        return Command.run(folder, environment, Duration.ofMinutes(2), "bash", "-euo", "pipefail", "-c", line);
    }

    Path checkout() {
        return checkout;
    }

    /** Where this system keeps its state: {@code .local} for a user. */
    Path state() {
        return state;
    }

    KubernetesClient kubernetes() {
        return kubernetes.orElseThrow();
    }

    String setting(String name) {
        return Optional.ofNullable(settings.get(name))
                .orElseThrow(() -> new AssertionError(".local/env has no " + name));
    }

    /** The address of a provisioned upstream, with the credentials of the local Git server. */
    String upstream(String project) {
        return setting("KEPTN_GIT_URL") + "/" + project + ".git";
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, String json) {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    Answer put(String path, String json) {
        return send(request(path).PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    /** A status code and a body; {@code code} 0 stands for a connection that broke before an answer came. */
    record Answer(int code, String body) {
        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new AssertionError("no JSON: " + body, e);
            }
        }
    }

    /** The process's number, by the name of its pid file. */
    long pid(String process) {
        try {
            return Long.parseLong(
                    Files.readString(state.resolve("run/" + process + ".pid")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends a process at once, as a power cut would. */
    void kill(String process) {
        ProcessHandle handle = ProcessHandle.of(pid(process)).orElseThrow();
        handle.destroyForcibly();
        handle.onExit().join();
    }

    @Override
    public void close() {
        kubernetes.ifPresent(KubernetesClient::close);
        keptnLocal("down", "--purge").succeeded();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(setting("KEPTN_ENDPOINT") + path))
                .timeout(Duration.ofSeconds(60))
                .header("x-token", setting("KEPTN_API_TOKEN"))
                .header("Content-Type", "application/json");
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            return new Answer(0, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> settings() {
        try {
            return Files.readAllLines(state.resolve("env")).stream()
                    .filter(line -> line.contains("="))
                    .collect(Collectors.toMap(
                            line -> line.substring(0, line.indexOf('=')),
                            line -> line.substring(line.indexOf('=') + 1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path checkoutRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("keptn-local"))) {
            folder = Optional.ofNullable(folder.getParent())
                    .orElseThrow(() -> new AssertionError("no keptn-local above the working directory"));
        }
        return folder;
    }
}
