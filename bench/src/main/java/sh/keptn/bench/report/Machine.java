package sh.keptn.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import sh.keptn.bench.measure.Figure;

/** Where and when it was measured, and of what. */
public record Machine(
        Instant when,
        String commit,
        String processor,
        int cores,
        long memoryMegabytes,
        String jdk,
        String git,
        String load) {
    private static final Path PROC = Path.of("/proc");

    /** This machine as it is now; {@code load} is the average of the last minute before anything was started. */
    public static Machine here(Instant now, String commit, String git, String load) throws IOException {
        String processor = Files.readAllLines(PROC.resolve("cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
        long kilobytes = number(Files.readAllLines(PROC.resolve("meminfo")), "MemTotal");
        return new Machine(
                now,
                commit,
                processor,
                Runtime.getRuntime().availableProcessors(),
                kilobytes / 1024,
                System.getProperty("java.vendor") + " " + Runtime.version(),
                git,
                load);
    }

    /** The load of the last minute, as the kernel tells it. */
    public static String loadNow() throws IOException {
        String line = Files.readString(PROC.resolve("loadavg"));
        return line.substring(0, line.indexOf(' '));
    }

    private static long number(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    String markdown() {
        return String.format(
                Locale.ROOT,
                """
                # Measured %s

                commit %s · %s, %d cores, %s GB · JDK %s · %s · load before the start %s
                """,
                when.truncatedTo(ChronoUnit.SECONDS),
                commit,
                processor,
                cores,
                Figure.of(memoryMegabytes / 1024.0),
                jdk,
                git,
                load);
    }
}
