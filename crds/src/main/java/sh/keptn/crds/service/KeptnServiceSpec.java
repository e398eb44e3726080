package sh.keptn.crds.service;

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

/** What a service should be. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "self.project == oldSelf.project && self.service == oldSelf.service",
        message = "spec.project and spec.service cannot be changed; make another KeptnService instead")
@ValidationRule(
        value = "!has(self.path) || (has(self.source) && self.source in ['Helm', 'Manifests'])",
        message = "spec.path needs spec.source Helm or Manifests")
@ValidationRule(
        value = "duration(self.timeout) >= duration('1s') && duration(self.timeout) <= duration('1h')",
        message = "spec.timeout must be from 1s to 1h")
public record KeptnServiceSpec(
        @JsonPropertyDescription("The name of the KeptnProject, in the same namespace. The project may come later.")
        @Required
        @Size(min = 1, max = 200)
        @Pattern("^[a-z]([a-z0-9-]*[a-z0-9])?$")
        String project,

        @JsonPropertyDescription("The service's name, which is also its folder on every stage: letters and digits, "
                + "with dots, underscores and hyphens inside, at most 43 characters.")
        @Required
        @Size(min = 1, max = 43)
        @Pattern("^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$")
        String service,

        @JsonPropertyDescription("What the folder is deployed from. Auto (the default) takes the first that is there: "
                + "the chart in helm/<service>/, manifests in manifests/ or k8s/, a values.yaml with an image.")
        @Default("Auto")
        @Nullable
        ServiceSource source,

        @JsonPropertyDescription(
                "Where the chart or the manifests stand instead, as a path below the service's folder, "
                        + "such as deploy/chart. Needs spec.source Helm or Manifests.")
        @Size(min = 1, max = 1024)
        @Pattern("^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$")
        @Nullable
        String path,

        @JsonPropertyDescription("How long a new revision may take to become healthy, as a duration from 1s to 1h.")
        @Default("3m")
        @Size(max = 32)
        @Pattern(Durations.PATTERN)
        @Nullable
        String timeout,

        @JsonPropertyDescription("Whether objects that vanished from Git are deleted from the cluster.")
        @Default("true")
        @Nullable
        Boolean prune,

        @JsonPropertyDescription("What happens when a revision does not become healthy in time. Keep (the default): it "
                + "stays for people to look at. Rollback: the last healthy one is applied again; Git is not touched.")
        @Default("Keep")
        @Nullable
        FailurePolicy onFailure,

        @JsonPropertyDescription("What happens to the deployed objects when the service is deleted: Delete or Orphan. "
                + "Left out: as the project says.")
        @Nullable
        DeletionPolicy deletionPolicy,

        @JsonPropertyDescription("Stops all work on this service until it is set to false again. Nothing is undone.")
        @Nullable
        Boolean suspend) {

    /** A service with nothing said of its deployment. */
    public KeptnServiceSpec(String project, String service, @Nullable Boolean suspend) {
        this(project, service, null, null, null, null, null, null, suspend);
    }

    /** What the folder is deployed from, with the schema's default. */
    public ServiceSource sourceOrDefault() {
        return source == null ? ServiceSource.Auto : source;
    }

    /** Whether what vanished from Git is deleted, with the schema's default. */
    public boolean prunes() {
        return !Boolean.FALSE.equals(prune);
    }

    /** What happens when a revision does not become healthy, with the schema's default. */
    public FailurePolicy onFailureOrDefault() {
        return onFailure == null ? FailurePolicy.Keep : onFailure;
    }

    /** Whether reconciling is switched off. */
    public boolean suspended() {
        return Boolean.TRUE.equals(suspend);
    }
}
