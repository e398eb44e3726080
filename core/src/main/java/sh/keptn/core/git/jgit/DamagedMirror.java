package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/** The mirror misses what it should hold, or cannot be read: it must be made anew. Never leaves the adapter. */
final class DamagedMirror extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final transient Mirror mirror;

    DamagedMirror(Mirror mirror, IOException cause) {
        super(cause);
        this.mirror = mirror;
    }

    Mirror mirror() {
        return mirror;
    }

    /** What callers are told when a new mirror is no better: the disk is full, or broken. */
    KeptnException unavailable() {
        return new KeptnException(
                new KeptnError.Unavailable("the Git mirror of the project cannot be used", RETRY_AFTER), this);
    }
}
