package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.io.Serial;

/** The mirror misses what it should hold, or cannot be read: it must be made anew. Never leaves the adapter. */
final class DamagedMirror extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Mirror mirror;

    DamagedMirror(Mirror mirror, IOException cause) {
        super(cause);
        this.mirror = mirror;
    }

    Mirror mirror() {
        return mirror;
    }
}
