package sh.keptn.core.git;

import java.util.Optional;

/**
 * Everything that connecting to one project's upstream takes besides its address. Belongs to that project alone: nothing
 * of it ever becomes a setting of the process.
 *
 * @param caCertificates PEM of authorities that are trusted besides the system's
 * @param insecureSkipTls whether certificates are not checked at all (Keptn's insecureSkipTLS)
 */
public record GitAccess(
        Authentication authentication,
        Optional<String> caCertificates,
        boolean insecureSkipTls,
        Optional<ProxySettings> proxy) {

    /** No credentials, the system's authorities, no proxy. */
    public static final GitAccess ANONYMOUS =
            new GitAccess(new Authentication.None(), Optional.empty(), false, Optional.empty());
}
