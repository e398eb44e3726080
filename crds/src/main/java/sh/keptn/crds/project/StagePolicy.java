package sh.keptn.crds.project;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** How one stage of the project is deployed. Which stages there are is not said here: the shipyard in Git says it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record StagePolicy(
        @JsonPropertyDescription("The stage's name, as in the shipyard. A name that the shipyard does not hold has no "
                + "effect until it does.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern("^[a-z]([a-z0-9-]*[a-z0-9])?$")
        String name,

        @JsonPropertyDescription(
                "The namespace that the stage's services are deployed to. Left out: <project>-<stage>, "
                        + "which is made, and must not be somebody else's. A namespace named here may exist already.")
        @Size(min = 1, max = 63)
        @Pattern("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")
        @Nullable
        String namespace,

        @JsonPropertyDescription("A service account in the stage's namespace as which objects are applied and deleted "
                + "there, so that its rights bound what a commit can do. Left out: the operator's own rights.")
        @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$")
        @Nullable
        String serviceAccountName,

        @JsonPropertyDescription("OnCommit (the default): what stands in Git runs. OnSequence: what is available is "
                + "recorded in the KeptnServiceDeployment and waits for its spec.revision.")
        @Nullable
        DeployPolicy deploy,

        @JsonPropertyDescription("Stops deployments on this stage until it is set to false again. What runs goes on.")
        @Nullable
        Boolean suspend) {

    /** Whether deployments on the stage are switched off. */
    public boolean suspended() {
        return Boolean.TRUE.equals(suspend);
    }

    /** When the stage takes over what stands in Git. */
    public DeployPolicy deployOrDefault() {
        return deploy == null ? DeployPolicy.OnCommit : deploy;
    }
}
