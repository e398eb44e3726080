package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.io.Serial;

/** The proxy would not open a tunnel; the host never saw the request. */
final class ProxyRefusal extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    ProxyRefusal(int status) {
        super("HTTP status " + status + " from the proxy");
    }
}
