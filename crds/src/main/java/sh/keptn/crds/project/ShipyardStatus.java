package sh.keptn.crds.project;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The shipyard in force. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ShipyardStatus(
        @JsonPropertyDescription("The commit of the default branch that was last looked at, such as main@sha1:<id>.")
        @Size(max = 512)
        @Nullable
        String revision,

        @JsonPropertyDescription("The apiVersion that stands in the shipyard.") @Size(max = 128) @Nullable
        String apiVersion,

        @JsonPropertyDescription(
                "The commit whose shipyard is in force; older than revision while a newer one is " + "invalid.")
        @Size(max = 512)
        @Nullable
        String lastValidRevision,

        @JsonPropertyDescription("The text of the shipyard that is in force.") @Size(max = 262144) @Nullable
        String content) {}
