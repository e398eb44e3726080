package sh.keptn.crds.deployment;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;
import sh.keptn.crds.Durations;
import sh.keptn.crds.project.DeletionPolicy;
import sh.keptn.crds.project.DeployPolicy;
import sh.keptn.crds.service.FailurePolicy;
import sh.keptn.crds.service.ServiceSource;

/**
 * What is to run on a stage. The operator writes it from the KeptnProject and the KeptnService, all but
 * {@code revision} and {@code suspend}, which are people's.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "self.project == oldSelf.project && self.stage == oldSelf.stage && self.service == oldSelf.service",
        message = "spec.project, spec.stage and spec.service cannot be changed")
public record KeptnServiceDeploymentSpec(
        @JsonPropertyDescription("The name of the KeptnProject.")
        @Required
        @Size(min = 1, max = 200)
        @Pattern("^[a-z]([a-z0-9-]*[a-z0-9])?$")
        String project,

        @JsonPropertyDescription("The name of the stage.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern("^[a-z]([a-z0-9-]*[a-z0-9])?$")
        String stage,

        @JsonPropertyDescription("The name of the service.")
        @Required
        @Size(min = 1, max = 43)
        @Pattern("^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$")
        String service,

        @JsonPropertyDescription("The namespace of the deployed objects. After a change they move.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")
        String targetNamespace,

        @JsonPropertyDescription("The service account in that namespace as which objects are applied and deleted.")
        @Size(min = 1, max = 253)
        @Nullable
        String serviceAccountName,

        @JsonPropertyDescription("When what stands in Git is taken over: see spec.stages[].deploy of the KeptnProject.")
        @Default("OnCommit")
        @Nullable
        DeployPolicy deploy,

        @JsonPropertyDescription("What the folder is deployed from: see spec.source of the KeptnService.")
        @Default("Auto")
        @Nullable
        ServiceSource source,

        @JsonPropertyDescription("Where in the folder the chart or the manifests stand instead.")
        @Size(min = 1, max = 1024)
        @Nullable
        String path,

        @JsonPropertyDescription("How long a new revision may take to become healthy, as a duration.")
        @Default("3m")
        @Size(max = 32)
        @Pattern(Durations.PATTERN)
        @Nullable
        String timeout,

        @JsonPropertyDescription("Whether objects that vanished from Git are deleted from the cluster.")
        @Default("true")
        @Nullable
        Boolean prune,

        @JsonPropertyDescription("What happens when a revision does not become healthy in time: Keep or Rollback.")
        @Default("Keep")
        @Nullable
        FailurePolicy onFailure,

        @JsonPropertyDescription(
                "What happens to the deployed objects when this resource is deleted: Delete or Orphan.")
        @Default("Delete")
        @Nullable
        DeletionPolicy deletionPolicy,

        @JsonPropertyDescription("Whose spec.suspend holds this deployment back: Project, Stage or Service.") @Nullable
        SuspendedBy suspendedBy,

        @JsonPropertyDescription(
                "Pins the deployment to a commit: a full id, or a short one of at least 7 digits. Left "
                        + "out: it follows the stage's branch. Set by people; the operator never writes it.")
        @Size(min = 7, max = 40)
        @Pattern("^[0-9a-f]{7,40}$")
        @Nullable
        String revision,

        @JsonPropertyDescription("Stops work on this deployment until it is set to false again. What runs goes on. Set "
                + "by people; the operator never writes it.")
        @Nullable
        Boolean suspend) {

    /** Whether work is switched off, here or by what stands above. */
    public boolean suspended() {
        return Boolean.TRUE.equals(suspend) || suspendedBy != null;
    }

    /** Whether what vanished from Git is deleted, with the schema's default. */
    public boolean prunes() {
        return !Boolean.FALSE.equals(prune);
    }

    /** What the folder is deployed from, with the schema's default. */
    public ServiceSource sourceOrDefault() {
        return source == null ? ServiceSource.Auto : source;
    }

    /** When what stands in Git is taken over, with the schema's default. */
    public DeployPolicy deployOrDefault() {
        return deploy == null ? DeployPolicy.OnCommit : deploy;
    }

    /** What happens when a revision does not become healthy, with the schema's default. */
    public FailurePolicy onFailureOrDefault() {
        return onFailure == null ? FailurePolicy.Keep : onFailure;
    }

    /** What happens to the deployed objects when this goes, with the schema's default. */
    public DeletionPolicy deletionPolicyOrDefault() {
        return deletionPolicy == null ? DeletionPolicy.Delete : deletionPolicy;
    }
}
