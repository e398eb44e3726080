package sh.keptn.api.uniform;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;

/** An integration as answers show it, under the names that Keptn has for its fields. */
record IntegrationView(String id, String name, MetadataView metadata, List<Subscription> subscriptions) {
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    record MetadataView(
            String hostname,
            String integrationversion,
            String distributorversion,
            String location,
            KubernetesView kubernetesmetadata,
            String lastseen) {}

    record KubernetesView(String namespace, String podname, String deploymentname) {}

    static IntegrationView of(Integration integration) {
        Integration.Metadata said = integration.metadata();
        return new IntegrationView(
                integration.id(),
                integration.name(),
                new MetadataView(
                        said.hostname(),
                        said.integrationVersion(),
                        said.distributorVersion(),
                        said.location(),
                        new KubernetesView(said.namespace(), said.podName(), said.deploymentName()),
                        TIME.format(integration.lastSeen())),
                integration.subscriptions());
    }
}
