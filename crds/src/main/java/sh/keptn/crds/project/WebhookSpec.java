package sh.keptn.crds.project;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** How the upstream announces pushes. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record WebhookSpec(
        @JsonPropertyDescription("The Secret, in the same namespace, whose key 'token' is what the Git host signs its "
                + "calls with, at least 16 characters. It also decides the address of the webhook, "
                + "which stands in status.webhookPath.")
        @Nullable
        SecretReference secretRef) {}
