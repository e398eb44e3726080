package sh.keptn.operator.upstream;

import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.GitAccess;
import sh.keptn.core.git.GitCredentials;
import sh.keptn.core.git.GitUrl;
import sh.keptn.core.git.Upstream;
import sh.keptn.crds.Labels;
import sh.keptn.crds.Reason;
import sh.keptn.operator.condition.Outcome;

/** Puts a project's address and its Secret together. */
public final class Upstreams {
    private final Secrets secrets;

    public Upstreams(Secrets secrets) {
        this.secrets = secrets;
    }

    /** The upstream at an address of this project, with the credentials as they stand now. */
    public Resolution resolve(ProjectSettings settings, GitUrl url) {
        Optional<Secret> secret = secrets.find(settings.namespace(), settings.secretName());
        if (secret.isEmpty() && settings.secretNamed()) {
            return new Resolution.Unresolved(new Outcome.Stalled(
                    Reason.CREDENTIALS_MISSING,
                    "Secret '" + settings.secretName() + "' not found in namespace " + settings.namespace()));
        }
        try {
            GitAccess access = secret.map(found -> GitCredentials.fromEncoded(found.getData()))
                    .map(GitCredentials::access)
                    .orElse(GitAccess.ANONYMOUS);
            Upstream upstream = new Upstream(settings.name(), url, access, settings.branch(), settings.timeout());
            String version = secret.map(found -> found.getMetadata().getUid() + "/"
                            + found.getMetadata().getResourceVersion())
                    .orElse("");
            return new Resolution.Resolved(
                    upstream, version, secret.filter(Upstreams::madeHere).isPresent());
        } catch (KeptnException e) {
            return new Resolution.Unresolved(new Outcome.Stalled(
                    Reason.CREDENTIALS_INVALID, "Secret '" + settings.secretName() + "': " + e.getMessage()));
        }
    }

    /** Whether the operator made the Secret, which it does for provisioned upstreams alone. */
    public static boolean madeHere(Secret secret) {
        return Optional.ofNullable(secret.getMetadata().getLabels())
                .map(labels -> labels.get(Labels.MANAGED_BY))
                .filter(Labels.MANAGED_BY_OPERATOR::equals)
                .isPresent();
    }
}
