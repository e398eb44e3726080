package sh.keptn.api.project;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import sh.keptn.api.http.Json;
import sh.keptn.api.kube.Cluster;
import sh.keptn.api.kube.Deadline;
import sh.keptn.api.kube.Settled;
import sh.keptn.api.kube.Watched;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.Shipyard;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.ConditionType;
import sh.keptn.crds.FieldManagers;
import sh.keptn.crds.project.GitSpec;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.KeptnProjectSpec;

/** Writes KeptnProject resources, and waits for what the operator makes of them. */
final class ProjectResources {
    private final Cluster cluster;

    ProjectResources(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Makes the resource; a project of that name that is just being deleted is waited for. */
    KeptnProject create(ProjectCommand.Create command, Deadline deadline) {
        awaitGone(command.name(), deadline);
        KeptnProject project = new KeptnProject();
        project.getMetadata().setName(command.name().value());
        project.getMetadata().setNamespace(cluster.namespace());
        project.getMetadata().setAnnotations(Map.of(Annotations.CREATED_BY, FieldManagers.API));
        String url = command.credentials()
                .map(credentials -> credentials.url().value())
                .orElse(null);
        project.setSpec(new KeptnProjectSpec(
                new GitSpec(url, null, null, null, false),
                null,
                null,
                command.shipyard().content(),
                null,
                null));
        try {
            return cluster.client()
                    .resources(KeptnProject.class)
                    .inNamespace(cluster.namespace())
                    .resource(project)
                    .create();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                throw new KeptnException(
                        new KeptnError.AlreadyExists("project", command.name().value()), e);
            }
            throw Watched.unavailable(e);
        }
    }

    /**
     * Refuses a name that is taken; waits while the taker is being deleted.
     *
     * @throws KeptnException {@code AlreadyExists}
     */
    void requireFree(ProjectName name, Deadline deadline) {
        awaitGone(name, deadline);
        if (cluster.projects().live(name.value()).isPresent()) {
            throw new KeptnException(new KeptnError.AlreadyExists("project", name.value()));
        }
    }

    private void awaitGone(ProjectName name, Deadline deadline) {
        boolean terminating = cluster.projects()
                .live(name.value())
                .filter(project -> project.getMetadata().getDeletionTimestamp() != null)
                .isPresent();
        if (terminating && !cluster.projects().awaitGone(name.value(), deadline)) {
            throw new KeptnException(new KeptnError.DeadlineExceeded("project '" + name + "' is still being deleted"));
        }
    }

    /**
     * Waits until the operator has dealt with that generation of the resource.
     *
     * @throws KeptnException the failure that the operator's Stalled condition tells of, or {@code DeadlineExceeded}
     */
    void awaitReady(KeptnProject project, Deadline deadline) {
        String name = project.getMetadata().getName();
        String uid = project.getMetadata().getUid();
        long generation = Objects.requireNonNullElse(project.getMetadata().getGeneration(), 1L);
        cluster.projects()
                .await(
                        name,
                        deadline.left(),
                        seen -> seen.filter(
                                        found -> found.getMetadata().getUid().equals(uid))
                                .filter(found -> settled(found, generation))
                                .isPresent());
        List<Condition> conditions = cluster.projects()
                .cached(name)
                .filter(found -> settled(found, generation))
                .map(found -> found.getStatus().conditions())
                .orElse(List.of());
        if (!Settled.isTrue(conditions, ConditionType.READY)) {
            throw Settled.failure(conditions, "project '" + name + "'");
        }
    }

    private static boolean settled(KeptnProject project, long generation) {
        return project.getStatus() != null
                && Objects.requireNonNullElse(project.getStatus().observedGeneration(), 0L) >= generation
                && Settled.is(project.getStatus().conditions());
    }

    /** Moves the project to another address, which the operator is told is meant. */
    KeptnProject move(ProjectName name, String url) {
        return patch(
                name,
                Map.of(
                        "metadata", Map.of("annotations", Map.of(Annotations.ALLOW_URL_CHANGE, "true")),
                        "spec", Map.of("git", Map.of("url", url))));
    }

    /** Asks the operator to look at once; the status answers with the same text. */
    void request(ProjectName name, String stamp) {
        patch(name, Map.of("metadata", Map.of("annotations", Map.of(Annotations.REQUESTED_AT, stamp))));
    }

    /** Waits until the shipyard in force is that one. */
    boolean awaitShipyard(ProjectName name, Shipyard shipyard, Deadline deadline) {
        return cluster.projects()
                .await(
                        name.value(),
                        deadline.left(),
                        seen -> seen.flatMap(found -> Optional.ofNullable(found.getStatus()))
                                .filter(status -> status.shipyard() != null
                                        && shipyard.content()
                                                .equals(status.shipyard().content()))
                                .filter(status -> shipyard.stageNames().stream()
                                        .allMatch(stage -> status.stages().stream()
                                                .anyMatch(known -> known.name().equals(stage.value()))))
                                .isPresent());
    }

    private KeptnProject patch(ProjectName name, Map<String, Object> merge) {
        try {
            return at(name).patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            new String(Json.write(merge), StandardCharsets.UTF_8));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                throw KeptnException.notFound("project", name.value());
            }
            throw Watched.unavailable(e);
        }
    }

    /** Deletes the resource and waits until it is gone; false if it is not by then. */
    boolean delete(ProjectName name, Deadline deadline) {
        try {
            at(name).delete();
        } catch (KubernetesClientException e) {
            throw Watched.unavailable(e);
        }
        return cluster.projects().awaitGone(name.value(), deadline);
    }

    private Resource<KeptnProject> at(ProjectName name) {
        return cluster.client()
                .resources(KeptnProject.class)
                .inNamespace(cluster.namespace())
                .withName(name.value());
    }
}
