package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.io.Serial;
import sh.keptn.core.error.UpstreamFault;

/** An SSH session did not come about, for a reason that is known. */
final class SshRefusal extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final UpstreamFault fault;

    SshRefusal(UpstreamFault fault, Throwable cause) {
        super(fault.name(), cause);
        this.fault = fault;
    }

    UpstreamFault fault() {
        return fault;
    }
}
