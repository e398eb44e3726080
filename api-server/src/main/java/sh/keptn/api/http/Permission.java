package sh.keptn.api.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an operation takes of its caller, by the names of Keptn's scopes. */
public enum Permission {
    METADATA_READ,
    EVENTS_READ,
    EVENTS_WRITE,
    PROJECTS_READ,
    PROJECTS_WRITE,
    PROJECTS_DELETE,
    STAGES_READ,
    SERVICES_READ,
    SERVICES_WRITE,
    SERVICES_DELETE,
    RESOURCES_READ,
    RESOURCES_WRITE,
    RESOURCES_DELETE,
    INTEGRATIONS_READ,
    INTEGRATIONS_WRITE,
    INTEGRATIONS_DELETE,
    LOGS_READ,
    LOGS_WRITE,
    LOGS_DELETE,
    SECRETS_READ,
    SECRETS_WRITE,
    SECRETS_DELETE,
    STATISTICS_READ,
    STATISTICS_WRITE;

    private static final String KEPTNS_PREFIX = "keptn:";

    /** {@code resources:write}, {@code events:read}. */
    public String scope() {
        return name().toLowerCase(Locale.ROOT).replace('_', ':');
    }

    /** What it is about: {@code resources}, {@code events}. */
    public String noun() {
        return scope().substring(0, scope().indexOf(':'));
    }

    /** The permission of a scope's name, which may carry Keptn's own prefix {@code keptn:}. */
    public static Optional<Permission> of(String scope) {
        String plain = scope.startsWith(KEPTNS_PREFIX) ? scope.substring(KEPTNS_PREFIX.length()) : scope;
        return Arrays.stream(values())
                .filter(permission -> permission.scope().equals(plain))
                .findFirst();
    }
}
