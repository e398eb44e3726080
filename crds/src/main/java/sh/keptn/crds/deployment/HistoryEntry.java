package sh.keptn.crds.deployment;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A revision that was deployed, and what became of it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record HistoryEntry(
        @JsonPropertyDescription("The revision, such as dev@sha1:<id>.") @Required @Size(min = 1, max = 512)
        String revision,

        @JsonPropertyDescription("The id of the service folder's Git tree in it.") @Required @Size(min = 1, max = 64)
        String tree,

        @JsonPropertyDescription("What became of it.") @Required
        DeploymentResult result,

        @JsonPropertyDescription("When that was known, in RFC 3339.") @Required @Size(min = 1, max = 40)
        String time,

        @JsonPropertyDescription("Why, where it did not become healthy.") @Size(max = 1024) @Nullable
        String message) {}
