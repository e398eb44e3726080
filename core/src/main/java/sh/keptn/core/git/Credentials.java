package sh.keptn.core.git;

import java.util.Map;
import java.util.Optional;
import sh.keptn.core.error.KeptnException;

/**
 * What a project's Secret holds, with the address as text.
 *
 * @param remoteUrl the address in Keptn's JSON; informational, as the project's spec names the upstream
 */
public record Credentials(GitAccess access, Optional<String> remoteUrl) {
    /** The key under which Keptn keeps its JSON. */
    public static final String KEPTN_KEY = GitCredentials.KEPTN_KEY;

    /** Nothing to show to the upstream. */
    public static final Credentials NONE = new Credentials(GitAccess.ANONYMOUS, Optional.empty());

    /**
     * Reads the decoded data of a Secret; see {@link GitCredentials#fromSecret}.
     *
     * @throws KeptnException {@code Invalid} naming the key that cannot be read
     */
    public static Credentials of(Map<String, String> data) {
        GitCredentials read = GitCredentials.fromSecret(data);
        return new Credentials(read.access(), read.url().map(GitUrl::value));
    }
}
