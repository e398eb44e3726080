package sh.keptn.api.auth;

import java.util.Optional;
import sh.keptn.core.config.Secret;

/** Where the valid token stands now; asked for each request, so that a new one holds at once. */
@FunctionalInterface
public interface TokenSource {
    /** Empty while there is none: nobody comes in then. */
    Optional<Secret> token();
}
