package sh.keptn.operator.project;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.model.ShortHash;
import sh.keptn.crds.Labels;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.operator.upstream.ProjectSettings;
import sh.keptn.operator.upstream.Secrets;
import sh.keptn.operator.upstream.Upstreams;

/**
 * What goes with a project: its mirror, the Secret if the API server or the operator made it, a provisioned repository
 * as far as the provisioner takes it. The upstream is not asked for anything, so a dead one delays nothing; its content
 * stays. Services that name the project as owner are collected by Kubernetes; others stay and wait for a new one.
 */
final class ProjectCleanup {
    private static final Set<String> MAKERS = Set.of(Labels.MANAGED_BY_API, Labels.MANAGED_BY_OPERATOR);
    private static final int MAX_LABEL = 63;

    private final GitStore store;
    private final Secrets secrets;
    private final Provisioning provisioning;
    private final KubernetesClient client;

    ProjectCleanup(GitStore store, Secrets secrets, Provisioning provisioning, KubernetesClient client) {
        this.store = store;
        this.secrets = secrets;
        this.provisioning = provisioning;
        this.client = client;
    }

    void clean(KeptnProject project) {
        ProjectSettings settings;
        try {
            settings = ProjectSettings.of(project);
        } catch (KeptnException e) {
            // Nothing was ever made for a spec that could not be read.
            return;
        }
        store.forget(settings.name());
        Optional<Secret> secret =
                secrets.find(settings.namespace(), settings.secretName()).filter(found -> madeFor(found, settings));
        if (secret.filter(Upstreams::madeHere).isPresent()) {
            provisioning.retire(project, settings);
        }
        secret.ifPresent(found -> client.secrets()
                .inNamespace(settings.namespace())
                .withName(settings.secretName())
                .delete());
    }

    private static boolean madeFor(Secret secret, ProjectSettings settings) {
        Map<String, String> labels =
                Optional.ofNullable(secret.getMetadata().getLabels()).orElse(Map.of());
        return MAKERS.contains(labels.getOrDefault(Labels.MANAGED_BY, ""))
                && ShortHash.cut(settings.name().value(), MAX_LABEL).equals(labels.get(Labels.PROJECT));
    }
}
