package sh.keptn.crds.project;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The upstream as it was found. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record GitStatus(
        @JsonPropertyDescription("Address of the upstream, without credentials.") @Size(max = 2048) @Nullable
        String url,

        @JsonPropertyDescription("The default branch.") @Size(max = 255) @Nullable
        String defaultBranch,

        @JsonPropertyDescription("Whether the upstream holds this project: its metadata.yaml and shipyard.yaml.")
        @Nullable
        Boolean initialized,

        @JsonPropertyDescription("Whether the repository was made by the provisioner.") @Nullable
        Boolean provisioned) {}
