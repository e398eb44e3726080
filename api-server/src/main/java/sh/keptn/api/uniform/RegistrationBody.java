package sh.keptn.api.uniform;

import static sh.keptn.api.uniform.SubscriptionBody.checked;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sh.keptn.core.error.KeptnException;

/** An integration as it introduces itself. Ids, and when it was last seen, are the server's to say. */
record RegistrationBody(
        @Nullable String name,
        @Nullable MetadataBody metadata,
        @Nullable List<@Nullable SubscriptionBody> subscriptions) {

    record MetadataBody(
            @Nullable String hostname,
            @Nullable String integrationversion,
            @Nullable String distributorversion,
            @Nullable String location,
            @Nullable KubernetesBody kubernetesmetadata) {}

    record KubernetesBody(
            @Nullable String namespace,
            @Nullable String podname,
            @Nullable String deploymentname) {}

    Integration integration(Instant now) {
        MetadataBody said = metadata == null ? new MetadataBody(null, null, null, null, null) : metadata;
        KubernetesBody where =
                said.kubernetesmetadata() == null ? new KubernetesBody(null, null, null) : said.kubernetesmetadata();
        String self = required("name", name);
        String hostname = required("metadata.hostname", said.hostname());
        String namespace = required("metadata.kubernetesmetadata.namespace", where.namespace());
        Integration integration = new Integration(
                Integration.id(self, namespace, hostname),
                self,
                new Integration.Metadata(
                        hostname,
                        checked("metadata.integrationversion", said.integrationversion()),
                        checked("metadata.distributorversion", said.distributorversion()),
                        checked("metadata.location", said.location()),
                        namespace,
                        checked("metadata.kubernetesmetadata.podname", where.podname()),
                        checked("metadata.kubernetesmetadata.deploymentname", where.deploymentname())),
                now,
                wanted());
        if (integration.isWebhookService()) {
            integration.subscriptions().forEach(Subscription::requireForWebhook);
        }
        return integration;
    }

    private List<Subscription> wanted() {
        if (subscriptions == null) {
            return List.of();
        }
        if (subscriptions.size() > Registrations.MAX_SUBSCRIPTIONS) {
            throw KeptnException.invalid("subscriptions", "are more than " + Registrations.MAX_SUBSCRIPTIONS);
        }
        return subscriptions.stream().map(RegistrationBody::named).toList();
    }

    private static Subscription named(@Nullable SubscriptionBody body) {
        if (body == null) {
            throw KeptnException.invalid("subscriptions", "hold null");
        }
        return body.named(Subscription.newId());
    }

    private static String required(String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw KeptnException.invalid(field, "is missing");
        }
        return checked(field, text);
    }
}
