package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.io.Serial;

/** The host sent us to a place that we do not follow to. */
final class RedirectRefused extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    RedirectRefused() {
        super("redirect refused");
    }
}
