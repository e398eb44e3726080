package sh.keptn.core.git;

import java.time.Duration;

/**
 * What the store does at most.
 *
 * @param maxFileBytes the largest file that is read or written
 * @param maxRepositoryBytes the largest pack that is fetched
 * @param maxConcurrentTransfers fetches and pushes at one time, over all projects
 * @param pushAttempts how often a write is tried on a moving branch
 * @param writeDeadline how long a write may take in all
 */
public record GitLimits(
        long maxFileBytes,
        long maxRepositoryBytes,
        int maxConcurrentTransfers,
        int pushAttempts,
        Duration writeDeadline) {
    public static final GitLimits DEFAULT = new GitLimits(5L << 20, 2L << 30, 16, 10, Duration.ofSeconds(30));
}
