package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.io.Serial;
import java.net.SocketException;

/**
 * A request that carries a body failed. JGit sends such a request once more after every failure but a few; whether to
 * push again is decided elsewhere, so it is told one of the few.
 */
final class SentOnce extends SocketException {
    @Serial
    private static final long serialVersionUID = 1L;

    SentOnce(IOException cause) {
        super("request failed");
        initCause(cause);
    }
}
