package sh.keptn.api.auth;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.api.http.Caller;
import sh.keptn.api.http.Intent;
import sh.keptn.api.http.Permission;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.Printable;
import sh.keptn.core.model.ProjectName;

/**
 * A token with a name, which may do some things on some projects. Kept in a Secret:
 *
 * <ul>
 *   <li>{@code token}: the token itself, or {@code sha256}: its digest in hex; for a change of tokens a second one under
 *       {@code token-next} or {@code sha256-next}, and both count
 *   <li>{@code scopes}: names of permissions, separated by blanks, commas or lines; {@code *} for all
 *   <li>{@code projects}: names of projects in the same way; {@code *} for all
 *   <li>{@code expires}: a time of RFC 3339 after which it counts no more; may be missing
 * </ul>
 *
 * What is missing permits nothing.
 */
record NamedToken(
        String name,
        List<Digest> digests,
        Set<Permission> permissions,
        Set<String> projects,
        boolean allProjects,
        Instant expires)
        implements Caller {
    private static final Logger log = LoggerFactory.getLogger(NamedToken.class);
    private static final List<String> PLAIN = List.of("token", "token-next");
    private static final List<String> HASHED = List.of("sha256", "sha256-next");
    private static final String ALL = "*";
    private static final int LEAST_LENGTH = 20;

    NamedToken {
        digests = List.copyOf(digests);
        permissions = Set.copyOf(permissions);
        projects = Set.copyOf(projects);
    }

    /** Reads a Secret; what in it cannot be used counts for nothing and is said in the log, without any value. */
    static NamedToken of(Secret secret) {
        String name = secret.getMetadata().getName();
        Map<String, String> data = decoded(secret);
        List<Digest> digests = new ArrayList<>();
        for (String key : PLAIN) {
            Optional.ofNullable(data.get(key)).filter(token -> !token.isEmpty()).ifPresent(token -> {
                if (token.length() < LEAST_LENGTH) {
                    ignored(name, key, "is shorter than " + LEAST_LENGTH + " characters");
                } else {
                    digests.add(Digest.of(token));
                }
            });
        }
        for (String key : HASHED) {
            Optional.ofNullable(data.get(key))
                    .filter(hex -> !hex.isEmpty())
                    .ifPresent(hex -> Digest.ofHex(hex).ifPresentOrElse(digests::add, () -> {
                        ignored(name, key, "is no SHA-256 in hex");
                    }));
        }
        List<String> projects = words(data.get("projects")).toList();
        return new NamedToken(
                name,
                digests,
                permissions(name, data.get("scopes")),
                Set.copyOf(projects),
                projects.contains(ALL),
                expires(name, data.get("expires")));
    }

    boolean isExpired(Instant now) {
        return !now.isBefore(expires);
    }

    /** Whether that is its value, or its next one. Takes the same time whatever the answer. */
    boolean hasValue(Digest given) {
        boolean found = false;
        for (Digest digest : digests) {
            found |= digest.matches(given);
        }
        return found;
    }

    @Override
    public void begin(Intent intent) {
        if (!permissions.contains(intent.permission())) {
            throw forbidden("has not the scope " + intent.permission().scope() + ", which this operation needs");
        }
        if (!allProjects && projects.isEmpty()) {
            throw forbidden("names no project that it may be used for");
        }
    }

    @Override
    public void require(Intent intent) {
        if (!permissions.contains(intent.permission())) {
            throw forbidden("has not the scope " + intent.permission().scope() + ", which this operation needs");
        }
    }

    @Override
    public void require(Intent intent, ProjectName project) {
        require(intent);
        if (!allProjects && !projects.contains(project.value())) {
            throw forbidden("may not be used for project '" + project + "'");
        }
    }

    @Override
    public void requireOnAll(Intent intent) {
        require(intent);
        if (!allProjects) {
            throw forbidden("is for named projects only, and this operation is on all; name the project");
        }
    }

    @Override
    public void requireEverything() {
        if (!allProjects || permissions.size() < Permission.values().length) {
            throw forbidden("may not do everything, which this operation needs");
        }
    }

    @Override
    public Predicate<String> visible(Intent intent) {
        return project -> allProjects || projects.contains(project);
    }

    /** Prints without digests. */
    @Override
    public String toString() {
        return "NamedToken[" + name + "]";
    }

    private KeptnException forbidden(String why) {
        return new KeptnException(new KeptnError.Forbidden("the token '" + name + "' " + why));
    }

    private static Set<Permission> permissions(String name, @Nullable String text) {
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        for (String scope : new TreeSet<>(words(text).toList())) {
            if (scope.equals(ALL)) {
                permissions.addAll(Arrays.asList(Permission.values()));
            } else {
                Permission.of(scope)
                        .ifPresentOrElse(
                                permissions::add,
                                () -> ignored(
                                        name, "scopes", "names '" + Printable.of(scope) + "', which is no scope"));
            }
        }
        return permissions;
    }

    private static Instant expires(String name, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return Instant.MAX;
        }
        try {
            return Instant.parse(text.strip());
        } catch (DateTimeParseException e) {
            ignored(name, "expires", "is no time of RFC 3339, so the token counts as expired");
            return Instant.MIN;
        }
    }

    private static Stream<String> words(@Nullable String text) {
        return text == null
                ? Stream.empty()
                : Arrays.stream(text.split("[\\s,]+", -1)).filter(word -> !word.isEmpty());
    }

    private static Map<String, String> decoded(Secret secret) {
        Map<String, String> decoded = new TreeMap<>();
        if (secret.getData() != null) {
            secret.getData().forEach((key, value) -> {
                try {
                    decoded.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8).strip());
                } catch (IllegalArgumentException e) {
                    ignored(secret.getMetadata().getName(), key, "is not base64");
                }
            });
        }
        return decoded;
    }

    private static void ignored(String name, String key, String why) {
        log.atWarn()
                .addKeyValue("token", name)
                .addKeyValue("key", key)
                .log("a part of an API token is ignored: it {}", why);
    }
}
