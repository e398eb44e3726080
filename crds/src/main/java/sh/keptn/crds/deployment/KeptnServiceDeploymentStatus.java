package sh.keptn.crds.deployment;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What runs, as the operator last saw it. Derived: it can be lost and is then made again from Git and the cluster. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record KeptnServiceDeploymentStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Ready always; Reconciling and Stalled only while they are true; Applied and Healthy.")
        @Size(max = 16)
        List<Condition> conditions,

        @JsonPropertyDescription("The revision that was last begun, such as dev@sha1:<id>.") @Size(max = 512) @Nullable
        String lastAttemptedRevision,

        @JsonPropertyDescription("The revision whose objects the cluster last took, all of them.")
        @Size(max = 512)
        @Nullable
        String lastAppliedRevision,

        @JsonPropertyDescription("The revision that last became healthy: what a rollback goes back to.")
        @Size(max = 512)
        @Nullable
        String lastHealthyRevision,

        @JsonPropertyDescription("The revision that stands in Git and waits, where it is not taken over by itself.")
        @Size(max = 512)
        @Nullable
        String availableRevision,

        @JsonPropertyDescription("The id of the service folder's Git tree that was last applied: only another one is "
                + "applied again.")
        @Size(max = 64)
        @Nullable
        String lastAppliedTree,

        @JsonPropertyDescription("What made the objects from the folder: Helm, Manifests or Generated.") @Nullable
        Engine engine,

        @JsonPropertyDescription("The images that the objects run, without doubles.") @Size(max = 100)
        List<@Size(max = 1024) String> images,

        @JsonPropertyDescription("Where the service can be called, from inside the cluster and from load balancers.")
        @Size(max = 100)
        List<@Size(max = 512) String> endpoints,

        @JsonPropertyDescription("The objects that were applied and are not deleted yet.") @Size(max = 2000)
        List<InventoryEntry> inventory,

        @JsonPropertyDescription("The last five revisions and what became of them, newest first.") @Size(max = 5)
        List<HistoryEntry> history,

        @JsonPropertyDescription("The value of the annotation keptn.sh/requestedAt that was last acted upon.")
        @Size(max = 256)
        @Nullable
        String lastHandledRequestedAt) {

    public KeptnServiceDeploymentStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        images = images == null ? List.of() : List.copyOf(images);
        endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
        inventory = inventory == null ? List.of() : List.copyOf(inventory);
        history = history == null ? List.of() : List.copyOf(history);
    }
}
