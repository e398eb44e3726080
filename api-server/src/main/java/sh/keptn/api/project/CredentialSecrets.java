package sh.keptn.api.project;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import sh.keptn.api.kube.Cluster;
import sh.keptn.api.kube.Watched;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.GitCredentials;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ShortHash;
import sh.keptn.crds.Labels;
import sh.keptn.crds.project.SecretReference;

/**
 * The Secrets with the credentials that came by REST. One that somebody else made is never touched. Making it is also
 * what decides between two who create the same project at one moment.
 */
final class CredentialSecrets {
    /** A Secret without its project that is older was left by a server that died between the two. */
    private static final Duration ABANDONED = Duration.ofSeconds(40);

    private static final int MAX_LABEL = 63;

    private final Cluster cluster;
    private final Clock clock;

    CredentialSecrets(Cluster cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /**
     * Makes the Secret of a project that is not there yet.
     *
     * @throws KeptnException {@code AlreadyExists} if another request is making the project, {@code Conflict} if the
     *     Secret is somebody else's
     */
    void create(ProjectName project, GivenCredentials credentials) {
        Secret secret = secret(project, credentials);
        try {
            cluster.client()
                    .secrets()
                    .inNamespace(cluster.namespace())
                    .resource(secret)
                    .create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw Watched.unavailable(e);
            }
            takeOver(project, secret, e);
        }
    }

    private void takeOver(ProjectName project, Secret secret, KubernetesClientException clash) {
        Secret there = find(project).orElseThrow(() -> exists(project, clash));
        requireOurs(there);
        Instant made = Instant.parse(there.getMetadata().getCreationTimestamp());
        if (Duration.between(made, clock.instant()).compareTo(ABANDONED) < 0) {
            throw exists(project, clash);
        }
        replace(there, secret);
    }

    /**
     * Puts other credentials into the Secret of a project that is there.
     *
     * @return what has to be done to have it as it was
     */
    Runnable replace(ProjectName project, GivenCredentials credentials) {
        Optional<Secret> there = find(project);
        if (there.isEmpty()) {
            create(project, credentials);
            return () -> delete(project);
        }
        requireOurs(there.get());
        replace(there.get(), secret(project, credentials));
        Map<String, String> before = there.get().getData();
        return () -> find(project)
                .ifPresent(now ->
                        replace(now, new SecretBuilder(now).withData(before).build()));
    }

    private void replace(Secret there, Secret wanted) {
        Secret next = new SecretBuilder(there)
                .editMetadata()
                .addToLabels(wanted.getMetadata().getLabels())
                .endMetadata()
                .withData(wanted.getData())
                .build();
        try {
            cluster.client()
                    .secrets()
                    .inNamespace(cluster.namespace())
                    .resource(next)
                    .update();
        } catch (KubernetesClientException e) {
            throw Watched.unavailable(e);
        }
    }

    /** Removes the Secret if it was made here. */
    void delete(ProjectName project) {
        find(project).filter(CredentialSecrets::madeByApi).ifPresent(_ -> {
            try {
                at(project).delete();
            } catch (KubernetesClientException e) {
                throw Watched.unavailable(e);
            }
        });
    }

    private Optional<Secret> find(ProjectName project) {
        try {
            return Optional.ofNullable(at(project).get());
        } catch (KubernetesClientException e) {
            throw Watched.unavailable(e);
        }
    }

    private Resource<Secret> at(ProjectName project) {
        return cluster.client()
                .secrets()
                .inNamespace(cluster.namespace())
                .withName(SecretReference.defaultName(project.value()));
    }

    private static KeptnException exists(ProjectName project, Throwable cause) {
        return new KeptnException(new KeptnError.AlreadyExists("project", project.value()), cause);
    }

    private static void requireOurs(Secret secret) {
        String manager = manager(secret);
        if (!manager.equals(Labels.MANAGED_BY_API) && !manager.equals(Labels.MANAGED_BY_OPERATOR)) {
            throw new KeptnException(new KeptnError.Conflict("the Secret '"
                    + secret.getMetadata().getName() + "' was made by somebody else; change the credentials there"));
        }
    }

    private static boolean madeByApi(Secret secret) {
        return manager(secret).equals(Labels.MANAGED_BY_API);
    }

    private static String manager(Secret secret) {
        return Optional.ofNullable(secret.getMetadata().getLabels())
                .map(labels -> labels.get(Labels.MANAGED_BY))
                .orElse("");
    }

    private static Secret secret(ProjectName project, GivenCredentials credentials) {
        byte[] json = credentials.json().reveal().getBytes(StandardCharsets.UTF_8);
        return new SecretBuilder()
                .withNewMetadata()
                .withName(SecretReference.defaultName(project.value()))
                .addToLabels(Labels.PROJECT, ShortHash.cut(project.value(), MAX_LABEL))
                .addToLabels(Labels.MANAGED_BY, Labels.MANAGED_BY_API)
                .endMetadata()
                .withType("Opaque")
                .addToData(GitCredentials.KEPTN_KEY, Base64.getEncoder().encodeToString(json))
                .build();
    }
}
