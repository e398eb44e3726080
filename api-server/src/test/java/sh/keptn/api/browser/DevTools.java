package sh.keptn.api.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import sh.keptn.api.http.Json;

/** One page's end of the DevTools protocol: commands with their answers, and events. */
final class DevTools implements WebSocket.Listener {
    private static final long PATIENCE_SECONDS = 60;

    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final StringBuilder message = new StringBuilder();
    private final BiConsumer<String, JsonNode> events;
    private final WebSocket socket;

    /** Events are handed over as their method and parameters, one after the other. */
    DevTools(HttpClient http, URI page, BiConsumer<String, JsonNode> events) {
        this.events = events;
        this.socket = http.newWebSocketBuilder().buildAsync(page, this).join();
    }

    /** Sends a command, its parameters as names and values in turn, and waits for what it answers. */
    JsonNode call(String method, Object... parameters) {
        int id = ids.incrementAndGet();
        ObjectNode command = JsonNodeFactory.instance.objectNode();
        command.put("id", id).put("method", method);
        ObjectNode values = command.putObject("params");
        for (int i = 0; i < parameters.length; i += 2) {
            values.putPOJO(String.valueOf(parameters[i]), parameters[i + 1]);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        socket.sendText(new String(Json.write(command), StandardCharsets.UTF_8), true)
                .join();
        try {
            JsonNode got = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (got.has("error")) {
                throw new IllegalStateException(method + ": " + got.path("error"));
            }
            return got.path("result");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(method, e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(method, e);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        message.append(data);
        if (last) {
            JsonNode whole = Json.tree(message.toString().getBytes(StandardCharsets.UTF_8));
            message.setLength(0);
            CompletableFuture<JsonNode> answer = waiting.remove(whole.path("id").asInt());
            if (answer != null) {
                answer.complete(whole);
            } else {
                events.accept(whole.path("method").asText(), whole.path("params"));
            }
        }
        webSocket.request(1);
        return null;
    }

    void close() {
        socket.abort();
    }
}
