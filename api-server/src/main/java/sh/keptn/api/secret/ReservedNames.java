package sh.keptn.api.secret;

import java.util.Set;

/**
 * The names of this system's own Secrets. They are taken whether such a Secret is there at the moment or not: otherwise
 * whoever may write secrets could lay down the credentials of a project to come, or the token of this server.
 *
 * @param names in full, besides those of projects' credentials
 */
public record ReservedNames(Set<String> names) {
    private static final String CREDENTIALS = "git-credentials-";
    private static final String TEMPORARY_CREDENTIALS = "tmp-git-credentials-";

    public ReservedNames {
        names = Set.copyOf(names);
    }

    boolean include(String name) {
        return names.contains(name) || name.startsWith(CREDENTIALS) || name.startsWith(TEMPORARY_CREDENTIALS);
    }
}
