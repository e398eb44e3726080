package sh.keptn.api.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import sh.keptn.api.HttpCalls;
import sh.keptn.api.HttpCalls.Reply;
import sh.keptn.api.http.Json;

/**
 * A call of one operation with guessed values.
 *
 * @param body as it is sent; absent for none
 */
record GuessedCall(
        Documented operation,
        String path,
        Map<String, String> headers,
        Optional<byte[]> body,
        Optional<String> contentType) {
    private static final List<String> STRANGE_BODIES = List.of(
            "",
            "null",
            "[]",
            "{",
            "{\"a\":1}{\"b\":2}",
            "{\"data\":{},\"data\":{}}",
            "[".repeat(5000),
            "\u0000",
            "<a/>");
    private static final List<String> STRANGE_TYPES = List.of(
            "text/plain",
            "application/json; charset=utf-16",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/octet-stream",
            "nonsense");

    /** Made from what the document says of the operation; path names are chosen from those that are known, or guessed. */
    static GuessedCall of(Documented operation, RandomGenerator random, Map<String, List<String>> known) {
        Guess guess = new Guess(random, operation.root());
        StringBuilder path = new StringBuilder(operation.path());
        List<String> query = new ArrayList<>();
        Map<String, String> headers = new LinkedHashMap<>();
        for (JsonNode parameter : parameters(operation, guess)) {
            String name = parameter.get("name").asText();
            boolean required = parameter.path("required").asBoolean();
            switch (parameter.get("in").asText()) {
                case "path" -> {
                    List<String> names = known.getOrDefault(name, List.of());
                    String value = names.isEmpty() || guess.oneIn(4) ? guess.text(parameter) : guess.oneOf(names);
                    int at = path.indexOf("{" + name + "}");
                    path.replace(at, at + name.length() + 2, encoded(value, guess));
                }
                case "query" -> {
                    if (required ? !guess.oneIn(10) : guess.oneIn(3)) {
                        List<String> names = known.getOrDefault(name, List.of());
                        String value = names.isEmpty() || guess.oneIn(3) ? guess.text(parameter) : guess.oneOf(names);
                        query.add(name + "=" + encoded(value, guess));
                    }
                }
                default -> {
                    if (required || guess.oneIn(4)) {
                        headers.put(name, guess.text(parameter).replaceAll("[^\\x20-\\x7e]", "?"));
                    }
                }
            }
        }
        Optional<JsonNode> content = body(operation, guess);
        boolean strange = guess.oneIn(8);
        Optional<byte[]> body = content.map(media ->
                strange ? guess.oneOf(STRANGE_BODIES).getBytes(StandardCharsets.UTF_8) : Json.write(guess.body(media)));
        Optional<String> type = content.map(_ -> guess.oneIn(10) ? guess.oneOf(STRANGE_TYPES) : "application/json");
        return new GuessedCall(
                operation, path + (query.isEmpty() ? "" : "?" + String.join("&", query)), headers, body, type);
    }

    Reply send(HttpCalls http, String server) {
        HttpCalls calls = http;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            calls = calls.header(header.getKey(), header.getValue());
        }
        BodyPublisher publisher = body.map(BodyPublishers::ofByteArray).orElseGet(BodyPublishers::noBody);
        return calls.call(operation.method(), server + path, publisher, contentType);
    }

    @Override
    public String toString() {
        return operation.method() + " " + path + " " + headers + " " + contentType.orElse("") + " "
                + body.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
    }

    private static List<JsonNode> parameters(Documented operation, Guess guess) {
        String item = operation.pointer().substring(0, operation.pointer().lastIndexOf('/'));
        return Stream.of(operation.root().at(item), operation.operation())
                .flatMap(owner -> owner.path("parameters").valueStream())
                .map(guess::follow)
                .toList();
    }

    private static Optional<JsonNode> body(Documented operation, Guess guess) {
        JsonNode body = guess.follow(operation.operation().path("requestBody"));
        return body.isMissingNode()
                ? Optional.empty()
                : Optional.of(body.path("content").iterator().next());
    }

    /** Encoded once, or twice as some of Keptn's clients do. */
    private static String encoded(String value, Guess guess) {
        String once = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
        return guess.oneIn(10) ? URLEncoder.encode(once, StandardCharsets.UTF_8) : once;
    }
}
