package sh.keptn.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The processor time that a process has used since it began, in all its threads, as the kernel counts it. */
public record Processor(Duration used) {
    /** The kernel's unit in /proc, the same on every Linux that Java runs on. */
    private static final long TICK_MILLIS = 10;

    public static Processor of(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        // The command's name may hold blanks; the fields after it are counted from the third.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        return new Processor(Duration.ofMillis(ticks * TICK_MILLIS));
    }

    /** The share of one core that was used from an earlier look to this one. */
    public double share(Processor earlier, Duration between) {
        return (double) used.minus(earlier.used).toNanos() / between.toNanos();
    }
}
