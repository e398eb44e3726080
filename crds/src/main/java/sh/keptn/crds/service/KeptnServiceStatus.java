package sh.keptn.crds.service;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a service is, as the operator last saw it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record KeptnServiceStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Ready always; Reconciling and Stalled only while they are true; Present.")
        @Size(max = 16)
        List<Condition> conditions,

        @JsonPropertyDescription("The stages of the project, and how the service stands on each.") @Size(max = 200)
        List<ServiceStageStatus> stages,

        @JsonPropertyDescription("The stages that have the service's folder, in one line, for kubectl get.")
        @Size(max = 16384)
        @Nullable
        String stageSummary) {

    public KeptnServiceStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        stages = stages == null ? List.of() : List.copyOf(stages);
    }
}
