package sh.keptn.crds.service;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What a service should be. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "self.project == oldSelf.project && self.service == oldSelf.service",
        message = "spec.project and spec.service cannot be changed; make another KeptnService instead")
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

        @JsonPropertyDescription("Stops all work on this service until it is set to false again. Nothing is undone.")
        @Nullable
        Boolean suspend) {

    /** Whether reconciling is switched off. */
    public boolean suspended() {
        return Boolean.TRUE.equals(suspend);
    }
}
