package sh.keptn.api.service;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.api.kube.Cluster;
import sh.keptn.api.kube.Deadline;
import sh.keptn.api.kube.Settled;
import sh.keptn.api.kube.Watched;
import sh.keptn.api.upstream.ProjectUpstreams;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.ShortHash;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.ConditionType;
import sh.keptn.crds.FieldManagers;
import sh.keptn.crds.Labels;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.crds.service.KeptnServiceSpec;

/** Services through the REST door: KeptnService resources are made and deleted, the operator writes Git. */
final class Services {
    private static final Logger log = LoggerFactory.getLogger(Services.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration UNDO = Duration.ofSeconds(10);
    private static final int MAX_LABEL = 63;

    private final Cluster cluster;
    private final ProjectUpstreams upstreams;
    private final GitStore store;
    private final Clock clock;

    Services(Cluster cluster, ProjectUpstreams upstreams, GitStore store, Clock clock) {
        this.cluster = cluster;
        this.upstreams = upstreams;
        this.store = store;
        this.clock = clock;
    }

    /** Makes the service on every stage, and returns when it is there. */
    void create(ProjectName project, ServiceName service) {
        Deadline deadline = Deadline.in(PATIENCE, clock);
        store.heads(upstreams.of(project).upstream());
        String name = service.resourceName(project);
        if (isTerminating(name) && !cluster.services().awaitGone(name, deadline)) {
            throw new KeptnException(
                    new KeptnError.DeadlineExceeded("service '" + service + "' is still being deleted"));
        }
        KeptnService made = create(name, project, service);
        try {
            awaitReady(made, deadline);
        } catch (KeptnException e) {
            undo(made, e);
            throw e;
        }
        log.atInfo()
                .addKeyValue("project", project)
                .addKeyValue("service", service)
                .log("service created");
    }

    private boolean isTerminating(String name) {
        return cluster.services()
                .live(name)
                .filter(found -> found.getMetadata().getDeletionTimestamp() != null)
                .isPresent();
    }

    private KeptnService create(String name, ProjectName project, ServiceName service) {
        KeptnService resource = new KeptnService();
        resource.getMetadata().setName(name);
        resource.getMetadata().setNamespace(cluster.namespace());
        resource.getMetadata().setAnnotations(Map.of(Annotations.CREATED_BY, FieldManagers.API));
        resource.getMetadata().setLabels(Map.of(Labels.PROJECT, ShortHash.cut(project.value(), MAX_LABEL)));
        resource.setSpec(new KeptnServiceSpec(project.value(), service.value(), null));
        try {
            return cluster.client()
                    .resources(KeptnService.class)
                    .inNamespace(cluster.namespace())
                    .resource(resource)
                    .create();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                throw new KeptnException(new KeptnError.AlreadyExists("service", service.value()), e);
            }
            throw Watched.unavailable(e);
        }
    }

    private void awaitReady(KeptnService made, Deadline deadline) {
        String name = made.getMetadata().getName();
        String uid = made.getMetadata().getUid();
        cluster.services()
                .await(
                        name,
                        deadline.left(),
                        seen -> seen.filter(
                                        found -> found.getMetadata().getUid().equals(uid))
                                .filter(found -> isThere(conditions(found)) || Settled.is(conditions(found)))
                                .isPresent());
        List<Condition> conditions =
                cluster.services().cached(name).map(Services::conditions).orElse(List.of());
        if (!isThere(conditions)) {
            throw Settled.failure(conditions, "service '" + made.getSpec().service() + "'");
        }
    }

    /** A service is made once its folder is: how it runs from there on is another question. */
    private static boolean isThere(List<Condition> conditions) {
        return Settled.isTrue(conditions, ConditionType.PRESENT) || Settled.isTrue(conditions, ConditionType.READY);
    }

    private static List<Condition> conditions(KeptnService service) {
        boolean observed = service.getStatus() != null
                && Objects.requireNonNullElse(service.getStatus().observedGeneration(), 0L)
                        >= service.getMetadata().getGeneration();
        return observed ? service.getStatus().conditions() : List.of();
    }

    private void undo(KeptnService made, KeptnException reason) {
        try {
            delete(made.getMetadata().getName());
            cluster.services().awaitGone(made.getMetadata().getName(), Deadline.in(UNDO, clock));
        } catch (KeptnException e) {
            reason.addSuppressed(e);
            log.atWarn()
                    .addKeyValue("service", made.getMetadata().getName())
                    .setCause(e)
                    .log("undo incomplete");
        }
    }

    /** Removes the service with its folders; one that is not there is no failure. Returns after it is gone. */
    void delete(ProjectName project, ServiceName service) {
        Deadline deadline = Deadline.in(PATIENCE, clock);
        store.heads(upstreams.of(project).upstream());
        String name = service.resourceName(project);
        if (cluster.services().live(name).isEmpty()) {
            return;
        }
        delete(name);
        if (!cluster.services().awaitGone(name, deadline)) {
            throw new KeptnException(
                    new KeptnError.DeadlineExceeded("service '" + service + "' is being deleted and not gone yet"));
        }
        log.atInfo()
                .addKeyValue("project", project)
                .addKeyValue("service", service)
                .log("service deleted");
    }

    /** The annotation comes first: it is what makes the operator remove the folders before it lets the resource go. */
    private void delete(String name) {
        Resource<KeptnService> resource = cluster.client()
                .resources(KeptnService.class)
                .inNamespace(cluster.namespace())
                .withName(name);
        try {
            resource.patch(
                    PatchContext.of(PatchType.JSON_MERGE),
                    "{\"metadata\":{\"annotations\":{\"" + Annotations.DELETE_FOLDER + "\":\"true\"}}}");
            resource.delete();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw Watched.unavailable(e);
            }
        }
    }
}
