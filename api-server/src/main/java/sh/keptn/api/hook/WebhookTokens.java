package sh.keptn.api.hook;

import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Optional;
import sh.keptn.api.kube.Cluster;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.WebhookToken;

/** The tokens of projects as the watches have them: no caller makes a request to Kubernetes before he is known. */
final class WebhookTokens {
    private final Cluster cluster;
    private final Optional<String> sharedSecret;

    /**
     * @param sharedSecret of all projects that have no Secret of their own for this
     */
    WebhookTokens(Cluster cluster, Optional<String> sharedSecret) {
        this.cluster = cluster;
        this.sharedSecret = sharedSecret;
    }

    /** The token of a project; empty if there is no such project, or none that can be used. */
    Optional<WebhookToken> of(String project) {
        return cluster.projects()
                .cached(project)
                .flatMap(this::secretName)
                .flatMap(name -> cluster.secrets().cached(name))
                .flatMap(WebhookTokens::token);
    }

    String namespace() {
        return cluster.namespace();
    }

    private Optional<String> secretName(KeptnProject project) {
        return project.getSpec().webhookSecret().or(() -> sharedSecret);
    }

    /** One that cannot be used is the operator's to tell of, in the project's status. */
    private static Optional<WebhookToken> token(Secret secret) {
        Map<String, String> data = Optional.ofNullable(secret.getData()).orElse(Map.of());
        try {
            return Optional.ofNullable(data.get(WebhookToken.KEY)).map(WebhookToken::ofEncoded);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
