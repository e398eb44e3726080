package sh.keptn.api.browser;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import sh.keptn.api.http.Json;

/** Chromium without a screen, with a fresh profile and no network but this machine's loopback. */
public final class Browser implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String devTools;

    private Browser(Process process, String devTools) {
        this.process = process;
        this.devTools = devTools;
    }

    /** The folder is the browser's own. */
    public static Browser start(Path folder) {
        try {
            Files.createDirectories(folder);
            Process process = new ProcessBuilder(
                            program().toString(),
                            "--headless=new",
                            // Containers of CI have no user namespaces; only our own pages are opened.
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--disable-extensions",
                            // For the proxy with a certificate of its own.
                            "--ignore-certificate-errors",
                            // Whatever else the page may ask for cannot be found.
                            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                            "--window-size=1400,1600",
                            "--remote-debugging-port=0",
                            "--user-data-dir=" + folder.toAbsolutePath(),
                            "about:blank")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("chromium.log").toFile())
                    .start();
            Path port = folder.resolve("DevToolsActivePort");
            Awaitility.await("the browser listens").until(() -> {
                if (!process.isAlive()) {
                    throw new IllegalStateException(Files.readString(folder.resolve("chromium.log")));
                }
                return Files.exists(port) && !Files.readAllLines(port).isEmpty();
            });
            return new Browser(
                    process, "http://127.0.0.1:" + Files.readAllLines(port).getFirst());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new empty page. */
    public Page page() {
        try {
            String answer = http.send(
                            HttpRequest.newBuilder(URI.create(devTools + "/json/new?about:blank"))
                                    .PUT(HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            return new Page(
                    http,
                    URI.create(Json.tree(answer.getBytes(StandardCharsets.UTF_8))
                            .path("webSocketDebuggerUrl")
                            .asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.onExit().join();
        http.close();
    }

    private static Path program() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .map(Path::of)
                .flatMap(folder -> NAMES.stream().map(folder::resolve))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no Chromium on the PATH: it opens the API's page (Debian: apt-get install chromium)"));
    }
}
