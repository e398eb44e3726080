package sh.keptn.core.git.jgit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import sh.keptn.core.git.Upstream;

/** Git's own {@code git http-backend} behind the smallest CGI runner that will do. */
final class HttpBackendHost implements GitHost {
    private final Path directory;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    HttpBackendHost(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    @Override
    public Upstream upstream(String project) {
        if (!Files.exists(bare(project))) {
            Git.initBare(bare(project));
        }
        return LocalHost.upstream(
                project, "http://127.0.0.1:" + server.getAddress().getPort() + "/" + project + ".git", "token");
    }

    @Override
    public Path bare(String project) {
        return directory.resolve(project + ".git");
    }

    private void serve(HttpExchange exchange) throws IOException {
        ProcessBuilder cgi = new ProcessBuilder("git", "http-backend");
        Map<String, String> variables = cgi.environment();
        variables.put("GIT_PROJECT_ROOT", directory.toString());
        variables.put("GIT_HTTP_EXPORT_ALL", "1");
        variables.put("GIT_CONFIG_NOSYSTEM", "1");
        variables.put("HOME", directory.toString());
        variables.put("REQUEST_METHOD", exchange.getRequestMethod());
        variables.put("PATH_INFO", exchange.getRequestURI().getPath());
        variables.put(
                "QUERY_STRING",
                Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse(""));
        variables.put("REMOTE_USER", "keptn");
        variables.put("REMOTE_ADDR", "127.0.0.1");
        header(exchange, "Content-Type").ifPresent(value -> variables.put("CONTENT_TYPE", value));
        header(exchange, "Content-Encoding").ifPresent(value -> variables.put("HTTP_CONTENT_ENCODING", value));
        header(exchange, "Git-Protocol").ifPresent(value -> variables.put("GIT_PROTOCOL", value));
        byte[] request = exchange.getRequestBody().readAllBytes();
        variables.put("CONTENT_LENGTH", Integer.toString(request.length));
        Process process = cgi.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        Thread writer = Thread.ofVirtual().start(() -> feed(process, request));
        byte[] answer;
        try (InputStream out = process.getInputStream()) {
            answer = out.readAllBytes();
        }
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        answer(exchange, answer);
    }

    private static void feed(Process process, byte[] request) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(request);
        } catch (IOException e) {
            // The backend had read enough.
            process.destroy();
        }
    }

    private static void answer(HttpExchange exchange, byte[] cgi) throws IOException {
        int status = 200;
        ByteArrayInputStream in = new ByteArrayInputStream(cgi);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] pair = line.split(": ", 2);
            if (pair[0].equals("Status")) {
                status = Integer.parseInt(pair[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(pair[0], pair[1]);
            }
        }
        byte[] body = in.readAllBytes();
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static String line(ByteArrayInputStream in) {
        byte[] buffer = new byte[4096];
        int length = 0;
        for (int value = in.read(); value >= 0 && value != '\n'; value = in.read()) {
            buffer[length++] = (byte) value;
        }
        return new String(Arrays.copyOf(buffer, length), StandardCharsets.US_ASCII).strip();
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
