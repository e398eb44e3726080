package sh.keptn.operator.render.helm;

import java.time.Duration;

/**
 * What rendering may take at most.
 *
 * @param workers processes at one time
 * @param deadline for one chart
 * @param start for a process to be ready
 * @param patience how long a chart waits for a free process
 * @param idle after which a process without work ends
 * @param residentBytes memory of one process
 * @param outputBytes what one chart renders to
 */
public record WorkerLimits(
        int workers,
        Duration deadline,
        Duration start,
        Duration patience,
        Duration idle,
        long residentBytes,
        int outputBytes) {
    public static final WorkerLimits DEFAULT = new WorkerLimits(
            2,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            512L << 20,
            16 << 20);
}
