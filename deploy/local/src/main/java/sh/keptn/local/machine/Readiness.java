package sh.keptn.local.machine;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Waits until a process that was started is ready, for a bounded time, and says every five seconds that it waits. */
final class Readiness {

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration REPORT_EVERY = Duration.ofSeconds(5);

    private final HealthProbe probe;
    private final PrintStream out;

    Readiness(HealthProbe probe, PrintStream out) {
        this.probe = probe;
        this.out = out;
    }

    /** Answers 0 when ready, 3 when the process is dead, 4 when the time is over. */
    int await(String name, long pid, Duration patience, URI url) throws InterruptedException {
        Instant start = Instant.now();
        Instant nextReport = start.plus(REPORT_EVERY);
        while (true) {
            boolean healthy = probe.isHealthy(url);
            // Asked after the URL: an answer counts only if it cannot have come from a stranger on the same port.
            if (!lives(pid)) {
                return 3;
            }
            if (healthy) {
                return 0;
            }
            Duration waited = Duration.between(start, Instant.now());
            if (waited.compareTo(patience) > 0) {
                return 4;
            }
            if (Instant.now().isAfter(nextReport)) {
                out.println("  waiting for " + name + " (" + waited.toSeconds() + " s)");
                nextReport = nextReport.plus(REPORT_EVERY);
            }
            Thread.sleep(PAUSE);
        }
    }

    private static boolean lives(long pid) {
        if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
            return false;
        }
        // A child that ended stays in the table as a zombie until its parent, the script, looks at it.
        try {
            return !Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
        } catch (IOException noProcFileSystem) {
            return true;
        }
    }
}
