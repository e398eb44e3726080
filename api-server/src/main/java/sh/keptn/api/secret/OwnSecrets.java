package sh.keptn.api.secret;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.SecretList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import sh.keptn.api.kube.Cluster;
import sh.keptn.api.kube.Watched;
import sh.keptn.crds.Labels;

/**
 * The Kubernetes Secrets that carry Keptn's labels. The labels stand in every question, so that others never come here,
 * and every change holds only for the state that was looked at.
 */
final class OwnSecrets {
    private final Cluster cluster;
    private final ReservedNames reserved;

    OwnSecrets(Cluster cluster, ReservedNames reserved) {
        this.cluster = cluster;
        this.reserved = reserved;
    }

    /** How a change ended. */
    enum Outcome {
        DONE,
        /** Somebody was faster: look again. */
        STALE
    }

    /** Sorted by name. */
    List<Secret> list() {
        return list(labelled());
    }

    List<Secret> list(Scope scope) {
        return list(labelled().withLabel(ScopeLabels.SCOPE, scope.name()));
    }

    Optional<Secret> find(SecretName name) {
        return list(labelled().withField("metadata.name", name.value())).stream()
                .findFirst();
    }

    /** Makes it; {@code STALE} if the name is taken, by whomever. */
    Outcome create(GivenSecret given) {
        return write(() -> cluster.client()
                .secrets()
                .inNamespace(cluster.namespace())
                .resource(draft(new SecretBuilder().withType("Opaque"), given))
                .create());
    }

    /** All keys are replaced. */
    Outcome replace(Secret there, GivenSecret given) {
        return write(() -> cluster.client()
                .secrets()
                .inNamespace(cluster.namespace())
                .resource(draft(new SecretBuilder(there), given))
                .update());
    }

    Outcome delete(Secret there) {
        return write(() -> cluster.client()
                .secrets()
                .inNamespace(cluster.namespace())
                .resource(there)
                .lockResourceVersion(there.getMetadata().getResourceVersion())
                .delete());
    }

    private static Secret draft(SecretBuilder builder, GivenSecret given) {
        return builder.editOrNewMetadata()
                .withName(given.name().value())
                .addToLabels(ScopeLabels.of(given.scope()))
                .endMetadata()
                .withData(given.data())
                .build();
    }

    private static Outcome write(Runnable write) {
        try {
            write.run();
            return Outcome.DONE;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Outcome.STALE;
            }
            throw Watched.unavailable(e);
        }
    }

    private FilterWatchListDeletable<Secret, SecretList, Resource<Secret>> labelled() {
        return cluster.client()
                .secrets()
                .inNamespace(cluster.namespace())
                .withLabel(Labels.MANAGED_BY, ScopeLabels.MANAGER);
    }

    private List<Secret> list(FilterWatchListDeletable<Secret, SecretList, Resource<Secret>> question) {
        try {
            return question.list().getItems().stream()
                    .filter(secret -> !reserved.include(secret.getMetadata().getName()))
                    .sorted(Comparator.comparing(secret -> secret.getMetadata().getName()))
                    .toList();
        } catch (KubernetesClientException e) {
            throw Watched.unavailable(e);
        }
    }
}
