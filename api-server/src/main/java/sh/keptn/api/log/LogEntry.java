package sh.keptn.api.log;

import java.time.Instant;

/**
 * One report of an integration. Absent texts are empty, as in Keptn.
 *
 * @param time what the integration says, or else when the entry came in
 */
public record LogEntry(
        String integrationId,
        String message,
        Instant time,
        String keptnContext,
        String task,
        String triggeredId,
        String gitCommitId) {}
