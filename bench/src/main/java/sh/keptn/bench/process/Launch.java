package sh.keptn.bench.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import sh.keptn.bench.measure.VoidRun;

/** The command line and the environment of a process that runs, to start it again exactly so. */
public final class Launch {
    private static final String PORT = "KEPTN_MANAGEMENT_PORT";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final int OK = 200;

    private final List<String> command;
    private final Map<String, String> environment;

    private Launch(List<String> command, Map<String, String> environment) {
        this.command = command;
        this.environment = environment;
    }

    static Launch of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        Map<String, String> environment = words(process.resolve("environ")).stream()
                .filter(word -> word.indexOf('=') > 0)
                .collect(Collectors.toMap(
                        word -> word.substring(0, word.indexOf('=')),
                        word -> word.substring(word.indexOf('=') + 1),
                        (first, second) -> second));
        return new Launch(words(process.resolve("cmdline")), environment);
    }

    private static List<String> words(Path file) throws IOException {
        return Arrays.stream(Files.readString(file).split("\0")).toList();
    }

    /** The options of the Java machine, without the addresses and files of this very system. */
    public String options() {
        return command.stream()
                .filter(word -> word.startsWith("-X"))
                .map(Launch::withoutFolders)
                .collect(Collectors.joining(" "));
    }

    private static String withoutFolders(String option) {
        return option.replaceAll("=/.*/", "=");
    }

    /** What a start took until it was ready, in milliseconds, and the memory held then. */
    public record Started(double millis, Footprint footprint) {}

    /** Starts it, waits until it says that it is ready, and ends it. */
    public Started once() throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        HttpRequest question = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + environment.get(PORT) + "/readyz"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            long start = System.nanoTime();
            Process process = builder.start();
            try {
                while (!ready(http, question)) {
                    VoidRun.unless(process.isAlive(), "a process ended at its start");
                    VoidRun.unless(System.nanoTime() - start < PATIENCE.toNanos(), "a process was not ready in time");
                    Thread.sleep(PAUSE);
                }
                double millis = (System.nanoTime() - start) / 1e6;
                return new Started(millis, Footprint.of(process.pid()));
            } finally {
                process.destroy();
                process.waitFor();
            }
        }
    }

    private static boolean ready(HttpClient http, HttpRequest question) throws InterruptedException {
        try {
            return http.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException notYet) {
            return false;
        }
    }
}
