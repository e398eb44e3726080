package sh.keptn.crds.project;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One stage of a project. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record StageStatus(
        @JsonPropertyDescription("The stage's name.") @Required @Size(min = 1, max = 63)
        String name,

        @JsonPropertyDescription("The branch that holds it: its own, or the default branch in the Directory layout.")
        @Size(max = 255)
        @Nullable
        String branch,

        @JsonPropertyDescription("The commit at its head, such as dev@sha1:<id>.") @Size(max = 512) @Nullable
        String revision,

        @JsonPropertyDescription("The namespace that its services are deployed to.") @Size(max = 63) @Nullable
        String namespace,

        @JsonPropertyDescription("How many services have a folder on it.") @Nullable
        Integer services,

        @JsonPropertyDescription("The stages whose finished sequences trigger one of its own.") @Size(max = 200)
        List<@Size(max = 255) String> parents,

        @JsonPropertyDescription("Whether the stage is there and as it should be.") @Nullable
        Boolean ready) {

    public StageStatus {
        parents = parents == null ? List.of() : List.copyOf(parents);
    }
}
