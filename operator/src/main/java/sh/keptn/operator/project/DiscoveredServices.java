package sh.keptn.operator.project;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.ShortHash;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.Labels;
import sh.keptn.crds.Reason;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.crds.service.KeptnServiceSpec;
import sh.keptn.operator.cluster.Events;
import sh.keptn.operator.cluster.NameList;

/** Makes KeptnService resources for folders that somebody pushed. They belong to their project and go with it. */
final class DiscoveredServices {
    private static final int MAX_LABEL = 63;

    private final KubernetesClient client;
    private final Events events;

    DiscoveredServices(KubernetesClient client, Events events) {
        this.client = client;
        this.events = events;
    }

    /**
     * Makes the resource unless it is there. All stages are recorded as scaffolded, as discovery writes nothing to Git:
     * where the folder is missing now, it stays missing.
     */
    void add(KeptnProject project, ServiceName service, List<String> stages) {
        if (ignoredMeanwhile(project, service)) {
            return;
        }
        ProjectName name = new ProjectName(project.getMetadata().getName());
        KeptnService resource = new KeptnService();
        resource.setMetadata(new ObjectMetaBuilder()
                .withName(service.resourceName(name))
                .withNamespace(project.getMetadata().getNamespace())
                .addToLabels(Labels.PROJECT, ShortHash.cut(name.value(), MAX_LABEL))
                .addToLabels(Labels.MANAGED_BY, Labels.MANAGED_BY_OPERATOR)
                .addToAnnotations(Annotations.SCAFFOLDED, String.join(",", stages))
                .withOwnerReferences(owner(project))
                .build());
        resource.setSpec(new KeptnServiceSpec(name.value(), service.value(), null));
        try {
            client.resource(resource).create();
            events.normal(project, Reason.SERVICE_DISCOVERED, "folder " + service + " became a service");
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            reportOther(project, service, resource);
        }
    }

    /** The cache may not yet show that the service was deleted a moment ago and is to be ignored. */
    private boolean ignoredMeanwhile(KeptnProject project, ServiceName service) {
        KeptnProject live = client.resources(KeptnProject.class)
                .inNamespace(project.getMetadata().getNamespace())
                .withName(project.getMetadata().getName())
                .get();
        return live == null
                || live.isMarkedForDeletion()
                || NameList.of(live, Annotations.IGNORED_SERVICES).contains(service.value());
    }

    private void reportOther(KeptnProject project, ServiceName service, KeptnService resource) {
        boolean other = Optional.ofNullable(client.resource(resource).get())
                .filter(there -> !service.value().equals(there.getSpec().service()))
                .isPresent();
        if (other) {
            events.warning(
                    project,
                    Reason.NAME_CONFLICT,
                    "folder " + service + " cannot become a service: "
                            + resource.getMetadata().getName() + " stands for another one");
        }
    }

    private static OwnerReference owner(KeptnProject project) {
        return new OwnerReferenceBuilder()
                .withApiVersion(project.getApiVersion())
                .withKind(project.getKind())
                .withName(project.getMetadata().getName())
                .withUid(project.getMetadata().getUid())
                .build();
    }
}
