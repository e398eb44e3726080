package sh.keptn.crds.deployment;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** An object that was deployed, and is deleted again once it is asked for no more. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record InventoryEntry(
        @JsonPropertyDescription("Its API group and version, such as apps/v1.") @Required @Size(min = 1, max = 317)
        String apiVersion,

        @JsonPropertyDescription("Its kind.") @Required @Size(min = 1, max = 63)
        String kind,

        @JsonPropertyDescription("Its namespace; empty for an object of the whole cluster.") @Required @Size(max = 63)
        String namespace,

        @JsonPropertyDescription("Its name.") @Required @Size(min = 1, max = 253)
        String name) {}
