package sh.keptn.api.secret;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sh.keptn.api.secret.Scope.Capability;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.Printable;

/** The scopes of this installation, by name. */
public record Scopes(List<Scope> all) {
    /** Those of Keptn's own chart. */
    public static final Scopes DEFAULT = new Scopes(List.of(
            new Scope("keptn-default", List.of(new Capability("keptn-secrets-default-read", List.of("get")))),
            new Scope("keptn-webhook-service", List.of(new Capability("keptn-webhook-svc-read", List.of("get")))),
            new Scope("dynatrace-service", List.of(new Capability("keptn-dynatrace-svc-read", List.of("get")))),
            new Scope(
                    "keptn-prometheus-service", List.of(new Capability("keptn-prometheus-svc-read", List.of("get"))))));

    /** Which one a new secret gets that names none. */
    static final String BY_DEFAULT = "keptn-default";

    private static final YAMLMapper YAML = new YAMLMapper();

    public Scopes {
        all = all.stream().sorted(Comparator.comparing(Scope::name)).toList();
        Set<String> roles = new HashSet<>();
        for (Scope scope : all) {
            for (Capability capability : scope.capabilities()) {
                if (!roles.add(capability.role())) {
                    throw new IllegalArgumentException("capability '" + capability.role() + "' stands twice");
                }
            }
        }
    }

    private record File(@JsonProperty("Scopes") @Nullable Map<String, @Nullable Capabilities> scopes) {}

    private record Capabilities(
            @JsonProperty("Capabilities") @Nullable Map<String, @Nullable Permissions> capabilities) {}

    private record Permissions(
            @JsonProperty("Permissions") @Nullable List<String> permissions) {}

    /** The same from a file. */
    public static Scopes read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot be read", e);
        }
    }

    /**
     * Reads Keptn's {@code scopes.yaml}.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static Scopes parse(String yaml) {
        File file;
        try {
            file = YAML.readValue(yaml, File.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is no scopes.yaml as Keptn has it: " + e.getOriginalMessage(), e);
        }
        if (file == null || file.scopes() == null || file.scopes().isEmpty()) {
            throw new IllegalArgumentException("names no scope");
        }
        return new Scopes(file.scopes().entrySet().stream()
                .map(entry -> new Scope(entry.getKey(), capabilities(entry.getValue())))
                .toList());
    }

    private static List<Capability> capabilities(@Nullable Capabilities capabilities) {
        if (capabilities == null || capabilities.capabilities() == null) {
            return List.of();
        }
        return capabilities.capabilities().entrySet().stream()
                .map(entry -> new Capability(entry.getKey(), verbs(entry.getValue())))
                .sorted(Comparator.comparing(Capability::role))
                .toList();
    }

    private static List<String> verbs(@Nullable Permissions permissions) {
        return permissions == null || permissions.permissions() == null ? List.of() : permissions.permissions();
    }

    List<String> names() {
        return all.stream().map(Scope::name).toList();
    }

    Optional<Scope> find(String name) {
        return all.stream().filter(scope -> scope.name().equals(name)).findFirst();
    }

    /** The scope that a request names. */
    Scope require(String name) {
        return find(name)
                .orElseThrow(() -> KeptnException.invalid(
                        "scope", "'" + Printable.of(name) + "' is none of this installation's: " + names()));
    }
}
