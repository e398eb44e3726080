package sh.keptn.api.secret;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A group of secrets that the ServiceAccount of the same name may use.
 *
 * @param name also the name of the ServiceAccount
 * @param capabilities one or more
 */
record Scope(String name, List<Capability> capabilities) {
    /** What a label, a ServiceAccount and a Role may all be called. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private static final Set<String> VERBS = Set.of("get", "list", "watch", "update", "patch", "delete");

    Scope {
        requireName("scope", name);
        capabilities = List.copyOf(capabilities);
        if (capabilities.isEmpty()) {
            throw new IllegalArgumentException("scope '" + name + "' has no capability");
        }
    }

    /**
     * What may be done with the secrets.
     *
     * @param role the name of the Role that allows it
     * @param verbs as in Kubernetes
     */
    record Capability(String role, List<String> verbs) {
        Capability {
            requireName("capability", role);
            verbs = List.copyOf(verbs);
            if (verbs.isEmpty() || !VERBS.containsAll(verbs)) {
                throw new IllegalArgumentException("capability '" + role + "' must allow one or more of "
                        + VERBS.stream().sorted().toList());
            }
        }
    }

    private static void requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    what + " '" + name + "' must be lower-case letters, digits and '-', at most 63");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
