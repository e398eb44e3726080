package sh.keptn.api.hook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that calls are refused, at most once a minute however many there are, and nothing of what they said. */
final class RefusalLog {
    private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);
    private static final Duration APART = Duration.ofMinutes(1);

    private final Clock clock;
    private Instant due = Instant.MIN;
    private long refused;

    RefusalLog(Clock clock) {
        this.clock = clock;
    }

    synchronized void refused(String peer) {
        refused++;
        Instant now = clock.instant();
        if (now.isBefore(due)) {
            return;
        }
        log.atInfo()
                .addKeyValue("status", 404)
                .addKeyValue("count", refused)
                .addKeyValue("lastPeer", peer)
                .log("webhook calls refused: unknown address, or not signed as they must be");
        refused = 0;
        due = now.plus(APART);
    }
}
