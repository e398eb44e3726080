package sh.keptn.core.git.jgit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request or an answer as it came over the wire.
 *
 * @param body still in its chunks, a character for each byte
 */
record HttpMessage(List<String> lines, String body) {
    /** The next message of a connection, empty at its end. */
    static Optional<HttpMessage> read(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(in, new ByteArrayOutputStream());
                !line.isEmpty();
                line = line(in, new ByteArrayOutputStream())) {
            lines.add(line);
        }
        return lines.isEmpty() ? Optional.empty() : Optional.of(new HttpMessage(lines, body(in, lines)));
    }

    byte[] bytes() {
        return (String.join("\r\n", lines) + "\r\n\r\n" + body).getBytes(StandardCharsets.ISO_8859_1);
    }

    Optional<String> header(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return lines.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst();
    }

    private static String body(InputStream in, List<String> lines) throws IOException {
        HttpMessage head = new HttpMessage(lines, "");
        if (head.header("Transfer-Encoding").isEmpty()) {
            int length = head.header("Content-Length").map(Integer::parseInt).orElse(0);
            return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        }
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        while (true) {
            String size = line(in, raw);
            int length = Integer.parseInt(size.split(";", 2)[0].strip(), 16);
            raw.write(in.readNBytes(length));
            line(in, raw);
            if (length == 0) {
                return raw.toString(StandardCharsets.ISO_8859_1);
            }
        }
    }

    private static String line(InputStream in, ByteArrayOutputStream copy) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int value = in.read(); value >= 0; value = in.read()) {
            line.write(value);
            if (value == '\n') {
                break;
            }
        }
        copy.write(line.toByteArray());
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }
}
