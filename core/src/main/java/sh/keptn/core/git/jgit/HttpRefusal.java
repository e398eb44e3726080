package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.Optional;

/** The host answered, with a status that is no success. */
final class HttpRefusal extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Optional<Duration> retryAfter;

    HttpRefusal(int status, Optional<Duration> retryAfter) {
        super("HTTP status " + status);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    int status() {
        return status;
    }

    /** When the host wants to be asked again, if it said so. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
