package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.io.Serial;

/** The host sent more than this installation takes. */
final class TransferTooLarge extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    TransferTooLarge(long limit) {
        super("more than " + limit + " bytes");
    }
}
