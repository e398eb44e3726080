package sh.keptn.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import sh.keptn.api.docs.AnswerChecker;
import sh.keptn.api.http.Json;

/** Calls as a client makes them, over real sockets. Immutable: {@link #header} gives another. */
public final class HttpCalls {
    /** Told of every answer in the run, the checker of the API's documents first. */
    private static final List<Consumer<Seen>> OBSERVERS = new CopyOnWriteArrayList<>(List.of(new AnswerChecker()));

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final Optional<String> token;
    private final List<String> headers;

    HttpCalls(Optional<String> token) {
        this(token, List.of());
    }

    private HttpCalls(Optional<String> token, List<String> headers) {
        this.token = token;
        this.headers = List.copyOf(headers);
    }

    /** A call that was made, and its answer. */
    public record Seen(String method, URI uri, Reply reply) {}

    /** What came back. */
    public static final class Reply {
        private final HttpResponse<byte[]> response;

        public Reply(HttpResponse<byte[]> response) {
            this.response = response;
        }

        public int status() {
            return response.statusCode();
        }

        public byte[] body() {
            return response.body();
        }

        public String text() {
            return new String(body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return Json.tree(body());
        }

        public Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        @Override
        public String toString() {
            return status() + " " + text();
        }
    }

    public static void observe(Consumer<Seen> observer) {
        OBSERVERS.add(observer);
    }

    public HttpCalls header(String name, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(name);
        more.add(value);
        return new HttpCalls(token, more);
    }

    public Reply get(String url) {
        return call("GET", url, BodyPublishers.noBody(), Optional.empty());
    }

    public Reply delete(String url) {
        return call("DELETE", url, BodyPublishers.noBody(), Optional.empty());
    }

    public Reply post(String url, String json) {
        return call("POST", url, BodyPublishers.ofString(json), Optional.of("application/json"));
    }

    public Reply put(String url, String json) {
        return call("PUT", url, BodyPublishers.ofString(json), Optional.of("application/json"));
    }

    public Reply call(String method, String url, BodyPublisher body, Optional<String> contentType) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url)).method(method, body).timeout(Duration.ofSeconds(60));
        token.ifPresent(value -> request.header("x-token", value));
        contentType.ifPresent(value -> request.header("Content-Type", value));
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        try {
            HttpResponse<byte[]> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            Reply reply = new Reply(response);
            OBSERVERS.forEach(observer -> observer.accept(new Seen(method, URI.create(url), reply)));
            return reply;
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
