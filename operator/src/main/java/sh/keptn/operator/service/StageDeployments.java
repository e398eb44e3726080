package sh.keptn.operator.service;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import sh.keptn.core.model.StageName;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.FieldManagers;
import sh.keptn.crds.Finalizers;
import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.crds.deployment.KeptnServiceDeploymentSpec;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.operator.cluster.NameList;

/**
 * Keeps one KeptnServiceDeployment for each stage of a service's project, and tells it all that it has to know. What
 * people set on it (spec.revision, spec.suspend) is never touched. Only what differs is written.
 */
final class StageDeployments {
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FieldManagers.OPERATOR)
            .withForce(true)
            .build();

    private final KubernetesClient client;

    StageDeployments(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Makes, changes and deletes deployments until they are as the project and the service want them.
     *
     * @param project empty if the cache does not hold it
     * @param there the service's deployments as the cache shows them
     */
    void keep(
            KeptnService service,
            ServiceIntent intent,
            Optional<KeptnProject> project,
            Collection<KeptnServiceDeployment> there) {
        Map<String, KeptnServiceDeployment> byName = there.stream()
                .collect(Collectors.toMap(found -> found.getMetadata().getName(), Function.identity()));
        if (project.filter(found -> !found.isMarkedForDeletion()).isEmpty()) {
            if (!there.isEmpty() && isGone(service)) {
                there.forEach(this::delete);
            }
            return;
        }
        for (StageName stage : StagePolicies.stages(project.get())) {
            KeptnServiceDeployment wanted = wanted(service, intent, project.get(), stage);
            KeptnServiceDeployment found = byName.get(wanted.getMetadata().getName());
            if (found == null) {
                client.resource(wanted).patch(APPLY);
            } else if (!found.isMarkedForDeletion() && !same(found, wanted)) {
                bring(found, wanted);
            }
        }
        Set<String> known = known(project.get());
        there.stream()
                .filter(found ->
                        !known.isEmpty() && !known.contains(found.getSpec().stage()))
                .forEach(this::delete);
    }

    /** One that a service of the same name left behind goes first: garbage collection is after it anyway. */
    private void bring(KeptnServiceDeployment found, KeptnServiceDeployment wanted) {
        String owner = wanted.getMetadata().getOwnerReferences().getFirst().getUid();
        boolean strangers = found.getMetadata().getOwnerReferences().stream()
                .anyMatch(other -> Boolean.TRUE.equals(other.getController())
                        && !other.getUid().equals(owner));
        if (strangers) {
            delete(found);
        } else {
            client.resource(wanted).patch(APPLY);
        }
    }

    private void delete(KeptnServiceDeployment deployment) {
        if (!deployment.isMarkedForDeletion()) {
            client.resource(deployment).delete();
        }
    }

    /** Asked live: what is in no cache yet must not cost anybody's workloads. */
    private boolean isGone(KeptnService service) {
        KeptnProject live = client.resources(KeptnProject.class)
                .inNamespace(service.getMetadata().getNamespace())
                .withName(service.getSpec().project())
                .get();
        return live == null || live.isMarkedForDeletion();
    }

    /**
     * The stages that were not given up. Those that were accepted stand in an annotation too, so that a lost status
     * gives up none of them.
     */
    private static Set<String> known(KeptnProject project) {
        Set<String> stages =
                StagePolicies.stages(project).stream().map(StageName::value).collect(Collectors.toSet());
        stages.addAll(NameList.of(project, Annotations.SCAFFOLDED).names());
        return stages;
    }

    private static KeptnServiceDeployment wanted(
            KeptnService service, ServiceIntent intent, KeptnProject project, StageName stage) {
        KeptnServiceDeployment wanted = new KeptnServiceDeployment();
        wanted.setMetadata(new ObjectMetaBuilder()
                .withName(intent.service().deploymentName(intent.project(), stage))
                .withNamespace(service.getMetadata().getNamespace())
                .withLabels(StagePolicies.labels(intent, stage))
                // Set from the start, which spares the write that would add it.
                .withFinalizers(Finalizers.DEPLOYMENT)
                .withOwnerReferences(owner(service))
                .build());
        wanted.setSpec(StagePolicies.spec(service, project, stage));
        return wanted;
    }

    private static OwnerReference owner(KeptnService service) {
        return new OwnerReferenceBuilder()
                .withApiVersion(service.getApiVersion())
                .withKind(service.getKind())
                .withName(service.getMetadata().getName())
                .withUid(service.getMetadata().getUid())
                .withController(true)
                .build();
    }

    private static boolean same(KeptnServiceDeployment found, KeptnServiceDeployment wanted) {
        ObjectMeta metadata = found.getMetadata();
        Map<String, String> labels = Optional.ofNullable(metadata.getLabels()).orElse(Map.of());
        List<OwnerReference> owners = metadata.getOwnerReferences();
        return owners.equals(wanted.getMetadata().getOwnerReferences())
                && labels.entrySet()
                        .containsAll(wanted.getMetadata().getLabels().entrySet())
                && ours(found.getSpec()).equals(wanted.getSpec());
    }

    /** A spec without what is people's. */
    private static KeptnServiceDeploymentSpec ours(KeptnServiceDeploymentSpec spec) {
        return new KeptnServiceDeploymentSpec(
                spec.project(),
                spec.stage(),
                spec.service(),
                spec.targetNamespace(),
                spec.serviceAccountName(),
                spec.deploy(),
                spec.source(),
                spec.path(),
                spec.timeout(),
                spec.prune(),
                spec.onFailure(),
                spec.deletionPolicy(),
                spec.suspendedBy(),
                null,
                null);
    }
}
