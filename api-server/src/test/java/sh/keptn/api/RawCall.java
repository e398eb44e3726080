package sh.keptn.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import sh.keptn.api.http.Json;

/**
 * A call byte for byte as it is written, which an ordinary client would straighten: {@code GET /api//v1/metadata}.
 *
 * @param text method and path; what comes after the first line goes over the wire as it is, headers and body
 */
record RawCall(String text) {
    /** What came back, to the end of the connection. */
    record Said(String text) {
        int status() {
            return text.startsWith("HTTP/1.1 ") ? Integer.parseInt(text.substring(9, 12)) : -1;
        }

        String body() {
            int end = text.indexOf("\r\n\r\n");
            return end < 0 ? "" : text.substring(end + 4);
        }

        JsonNode json() {
            return Json.tree(body().getBytes(StandardCharsets.ISO_8859_1));
        }

        Optional<String> header(String name) {
            return Arrays.stream(text.substring(0, Math.max(0, text.indexOf("\r\n\r\n")))
                            .split("\r\n"))
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }
    }

    /** With the right token. */
    RawCall withToken() {
        return withToken(ApiExtension.TOKEN);
    }

    RawCall withToken(String token) {
        return new RawCall(text + "\r\nx-token: " + token);
    }

    RawCall with(String header) {
        return new RawCall(text + "\r\n" + header);
    }

    RawCall withJson(String body) {
        return new RawCall(
                text + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    Said to(int port) {
        int line = text.indexOf("\r\n");
        String first = line < 0 ? text : text.substring(0, line);
        String rest = line < 0 ? "" : text.substring(line);
        String end = rest.contains("\r\n\r\n") ? "" : "\r\n\r\n";
        try (RawSocket socket = new RawSocket(port)) {
            return new Said(socket.send(first + " HTTP/1.1\r\nHost: h\r\nConnection: close" + rest + end)
                    .untilClosed());
        }
    }
}
