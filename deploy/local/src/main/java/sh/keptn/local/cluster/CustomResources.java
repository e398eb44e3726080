package sh.keptn.local.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Installs custom resource definitions, unless the cluster holds foreign ones of the same name. */
final class CustomResources {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Cluster cluster;

    CustomResources(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Refuses before anything is written. An older Keptn operator brought a {@code keptnprojects.keptn.sh} in a version
     * of its own: to install over it would drop that version, and with it what is stored under it.
     */
    void refuseForeign(List<CustomResourceDefinition> ours) {
        for (CustomResourceDefinition definition : ours) {
            CustomResourceDefinition present =
                    cluster.client().resource(definition).get();
            if (present != null) {
                refusal(present, definition).ifPresent(reason -> {
                    throw new InstallationRefused(reason);
                });
            }
        }
    }

    static Optional<String> refusal(CustomResourceDefinition present, CustomResourceDefinition ours) {
        Set<String> foreign = versions(present);
        foreign.removeAll(versions(ours));
        return foreign.isEmpty()
                ? Optional.empty()
                : Optional.of("The cluster holds " + ours.getMetadata().getName() + " in version "
                        + String.join(", ", foreign)
                        + ", which is not of this Keptn but of another operator. Nothing was"
                        + " changed. Use another cluster, or remove that operator and its definitions (kubectl delete crd "
                        + ours.getMetadata().getName() + " deletes all its resources as well).");
    }

    void install(List<CustomResourceDefinition> ours) {
        ours.forEach(cluster::apply);
        for (CustomResourceDefinition definition : ours) {
            if (cluster.await(definition, CustomResources::isEstablished, PATIENCE)
                    .isEmpty()) {
                throw new InstallationRefused("the cluster did not establish "
                        + definition.getMetadata().getName() + " within " + PATIENCE.toSeconds() + " s");
            }
        }
    }

    private static boolean isEstablished(HasMetadata resource) {
        return resource instanceof CustomResourceDefinition definition
                && definition.getStatus() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    private static Set<String> versions(CustomResourceDefinition definition) {
        return definition.getSpec().getVersions().stream()
                .map(CustomResourceDefinitionVersion::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
