package sh.keptn.core.git.jgit;

import java.io.Serial;
import java.net.UnknownHostException;

/** A name leads only to addresses that the policy forbids. */
final class AddressRefused extends UnknownHostException {
    @Serial
    private static final long serialVersionUID = 1L;

    AddressRefused() {
        super("address refused");
    }
}
