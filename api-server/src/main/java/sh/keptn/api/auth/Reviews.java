package sh.keptn.api.auth;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Kubernetes is asked about tokens and rights. Throws {@code Unavailable} where it does not answer. */
interface Reviews {
    /**
     * Whom a token belongs to.
     *
     * @param uid empty if Kubernetes names none
     */
    record User(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
        public User {
            groups = List.copyOf(groups);
            extra = Map.copyOf(extra);
        }
    }

    /**
     * What is to be done to what, as RBAC has it.
     *
     * @param name blank: whatever its name
     */
    record Attributes(String verb, String group, String resource, String subresource, String name) {}

    /** The user of a token; empty if Kubernetes does not know it or it is not meant for here. */
    Optional<User> user(String token);

    /** Whether the user may. */
    boolean allowed(User user, Attributes attributes);
}
