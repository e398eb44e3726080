package sh.keptn.crds.project;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a project is, as the operator last saw it. Derived: it can be lost and is then made again. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record KeptnProjectStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Ready always; Reconciling and Stalled only while they are true; RepositoryReachable "
                + "and ShipyardValid; WebhookReady where pushes are to be announced.")
        @Size(max = 16)
        List<Condition> conditions,

        @JsonPropertyDescription("The upstream as it was found.") @Nullable
        GitStatus git,

        @JsonPropertyDescription("The shipyard that is in force.") @Nullable
        ShipyardStatus shipyard,

        @JsonPropertyDescription("The stages in the shipyard's order.") @Size(max = 200)
        List<StageStatus> stages,

        @JsonPropertyDescription("The stages' names in one line, for kubectl get.") @Size(max = 16384) @Nullable
        String stageSummary,

        @JsonPropertyDescription(
                "Folders at the root of a stage that look like services but whose names cannot be one.")
        @Size(max = 100)
        List<@Size(max = 255) String> ignoredFolders,

        @JsonPropertyDescription(
                "Where the Git host announces pushes, below the API's address. Whoever knows it cannot "
                        + "use it without the Secret's token.")
        @Size(max = 512)
        @Nullable
        String webhookPath,

        @JsonPropertyDescription("The value of the annotation keptn.sh/requestedAt that was last acted upon.")
        @Size(max = 256)
        @Nullable
        String lastHandledRequestedAt) {

    public KeptnProjectStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        stages = stages == null ? List.of() : List.copyOf(stages);
        ignoredFolders = ignoredFolders == null ? List.of() : List.copyOf(ignoredFolders);
    }
}
