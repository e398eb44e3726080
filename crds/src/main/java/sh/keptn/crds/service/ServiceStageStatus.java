package sh.keptn.crds.service;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A service on one stage. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ServiceStageStatus(
        @JsonPropertyDescription("The stage's name.") @Required @Size(min = 1, max = 63)
        String name,

        @JsonPropertyDescription("Whether the folder is there, and what it asks for runs and is healthy.") @Nullable
        Boolean ready,

        @JsonPropertyDescription("The commit of the stage that was looked at, such as dev@sha1:<id>.")
        @Size(max = 512)
        @Nullable
        String revision,

        @JsonPropertyDescription("The image of the first container that runs there.") @Size(max = 1024) @Nullable
        String image) {}
