package sh.keptn.crds.project;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sh.keptn.crds.Durations;

/** What a project should be. The list of stages is not here: it stands in the shipyard, in Git. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "self.git.layout == oldSelf.git.layout",
        message = "spec.git.layout cannot be changed once the project exists")
@ValidationRule(value = "duration(self.interval) >= duration('10s')", message = "spec.interval must be at least 10s")
@ValidationRule(
        value = "duration(self.timeout) >= duration('1s') && duration(self.timeout) <= duration('10m')",
        message = "spec.timeout must be from 1s to 10m")
public record KeptnProjectSpec(
        @JsonPropertyDescription("The upstream Git repository: where it is, how it is laid out, and how to get in. "
                + "What stands there is the truth; this resource only says how to find it.")
        @Default("{}")
        GitSpec git,

        @JsonPropertyDescription("How often the upstream is asked for new commits, as a duration such as 30s or 5m. "
                + "At least 10s. A push that the upstream announces is seen at once; this is the safety net.")
        @Default("1m")
        @Size(max = 32)
        @Pattern(Durations.PATTERN)
        @Nullable
        String interval,

        @JsonPropertyDescription("How long one command to the upstream may take, as a duration from 1s to 10m.")
        @Default("60s")
        @Size(max = 32)
        @Pattern(Durations.PATTERN)
        @Nullable
        String timeout,

        @JsonPropertyDescription("The shipyard as plain YAML text, used once: when the upstream holds no shipyard.yaml "
                + "yet. Afterwards the file in Git counts, and changes here have no effect.")
        @Size(max = 262144)
        @Nullable
        String initialShipyard,

        @JsonPropertyDescription("Whether a service folder that somebody pushed becomes a KeptnService by itself.")
        @Default("true")
        @Nullable
        Boolean discoverServices,

        @JsonPropertyDescription("How single stages are deployed, by name. The list of stages itself stands in the "
                + "shipyard; a stage that is not named here is deployed to <project>-<stage> with every commit.")
        @Size(max = 200)
        List<StagePolicy> stages,

        @JsonPropertyDescription("How the upstream announces pushes. Left out: with the Secret that the installation "
                + "names for all projects; if it names none, the upstream is only polled.")
        @Nullable
        WebhookSpec webhook,

        @JsonPropertyDescription("What happens to the deployed objects when the project is deleted: Delete (the "
                + "default) or Orphan. The upstream is never deleted.")
        @Default("Delete")
        @Nullable
        DeletionPolicy deletionPolicy,

        @JsonPropertyDescription("Stops all work on this project until it is set to false again. Nothing is undone.")
        @Nullable
        Boolean suspend) {

    public KeptnProjectSpec {
        git = git == null ? GitSpec.EMPTY : git;
        stages = stages == null ? List.of() : List.copyOf(stages);
    }

    /** A spec that says nothing of deployments: every stage is deployed with every commit. */
    public KeptnProjectSpec(
            GitSpec git,
            @Nullable String interval,
            @Nullable String timeout,
            @Nullable String initialShipyard,
            @Nullable Boolean discoverServices,
            @Nullable Boolean suspend) {
        this(git, interval, timeout, initialShipyard, discoverServices, List.of(), null, null, suspend);
    }

    /** What is said of a stage, if anything is. */
    public Optional<StagePolicy> stage(String name) {
        return stages.stream().filter(stage -> stage.name().equals(name)).findFirst();
    }

    /** The Secret that the upstream's calls are signed with, if the project has one of its own. */
    public Optional<String> webhookSecret() {
        return Optional.ofNullable(webhook).map(WebhookSpec::secretRef).map(SecretReference::name);
    }

    /** What happens to deployed objects when the project goes. */
    public DeletionPolicy deletionPolicyOrDefault() {
        return deletionPolicy == null ? DeletionPolicy.Delete : deletionPolicy;
    }

    /** Whether reconciling is switched off. */
    public boolean suspended() {
        return Boolean.TRUE.equals(suspend);
    }

    /** Whether pushed folders become services. */
    public boolean discovers() {
        return !Boolean.FALSE.equals(discoverServices);
    }
}
