package sh.keptn.operator.apply;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.FieldManagers;
import sh.keptn.crds.Labels;
import sh.keptn.crds.Reason;

/** The namespaces that stages are deployed to: made and labelled by us, or somebody's who let a project name it. */
final class Namespaces {
    private static final Duration TRUSTED = Duration.ofSeconds(30);
    private static final int MOST = 10_000;
    private static final PatchContext FORCED = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FieldManagers.OPERATOR)
            .withForce(true)
            .build();

    private final KubernetesClient client;
    private final ApplySettings settings;
    private final Rights rights;
    private final Cache<Use, Boolean> prepared =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(TRUSTED).build();

    Namespaces(KubernetesClient client, ApplySettings settings, Rights rights) {
        this.client = client;
        this.settings = settings;
        this.rights = rights;
    }

    /** Makes the target's namespace if it is absent, and the operator's rights in it; or says why it may not be used. */
    Optional<Problem> prepare(Target target) {
        if (refused(target.namespace())) {
            return Optional.of(Problem.forPeople(
                    Reason.NAMESPACE_REFUSED,
                    "namespace " + target.namespace() + " is the cluster's or Keptn's own: nothing is deployed to it"));
        }
        Use use = Use.of(target);
        if (prepared.getIfPresent(use) != null) {
            return Optional.empty();
        }
        Optional<Problem> problem = judge(target, find(target));
        if (problem.isEmpty()) {
            rights.grant(target.namespace(), target.serviceAccount().isPresent());
            prepared.put(use, Boolean.TRUE);
        }
        return problem;
    }

    /** Has a namespace looked at again before its next use. */
    void doubt(String namespace) {
        prepared.asMap().keySet().removeIf(use -> use.namespace().equals(namespace));
    }

    /** Whether objects in a namespace can still be deleted one by one: not if it is gone or goes as a whole. */
    boolean usable(String namespace) {
        Namespace found = client.namespaces().withName(namespace).get();
        return found != null && !terminating(found);
    }

    /** Whether the namespace is of those that nothing is deployed to, whatever a project names. */
    private boolean refused(String namespace) {
        return namespace.startsWith("kube-") || "default".equals(namespace) || namespace.equals(settings.namespace());
    }

    private Namespace find(Target target) {
        Namespace found = client.namespaces().withName(target.namespace()).get();
        if (found != null) {
            return found;
        }
        try {
            return client.resource(ours(target)).create();
        } catch (KubernetesClientException e) {
            Namespace faster = ApiAnswers.conflict(e)
                    ? client.namespaces().withName(target.namespace()).get()
                    : null;
            if (faster == null) {
                throw e;
            }
            return faster;
        }
    }

    private Optional<Problem> judge(Target target, Namespace found) {
        String name = target.namespace();
        Map<String, String> labels =
                Optional.ofNullable(found.getMetadata().getLabels()).orElse(Map.of());
        String project = labels.get(Labels.PROJECT);
        if (terminating(found)) {
            return Optional.of(Problem.passing(
                    Reason.NAMESPACE_TERMINATING, "namespace " + name + " is being deleted; waiting for its end"));
        }
        if (project == null) {
            return target.namespaceNamed()
                    ? Optional.empty()
                    : Optional.of(Problem.forPeople(
                            Reason.NAME_CONFLICT,
                            "namespace " + name + " exists and was not made for this stage; to use it, name it in"
                                    + " spec.stages[].namespace of the KeptnProject"));
        }
        if (!project.equals(target.owner().project())) {
            return Optional.of(
                    Problem.forPeople(Reason.NAME_CONFLICT, "namespace " + name + " belongs to project " + project));
        }
        if (!target.namespaceNamed() && !target.owner().stage().equals(labels.getOrDefault(Labels.STAGE, ""))) {
            return Optional.of(Problem.forPeople(
                    Reason.NAME_CONFLICT,
                    "namespace " + name + " belongs to stage " + labels.get(Labels.STAGE) + " of this project"));
        }
        return target.projectUid().equals(labels.get(Labels.OWNER_UID)) ? Optional.empty() : succeed(target, found);
    }

    /**
     * A project that was deleted and made again has another UID. Its namespace is taken over where the former one lived
     * beside it, as then that one is gone for certain; a project of that name in another namespace may still live.
     */
    private Optional<Problem> succeed(Target target, Namespace found) {
        String home = Optional.ofNullable(found.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(Annotations.OWNER_NAMESPACE))
                .orElse("");
        if (!home.equals(settings.namespace())) {
            return Optional.of(Problem.forPeople(
                    Reason.NAME_CONFLICT,
                    "namespace " + target.namespace() + " belongs to another project of that name"
                            + (home.isEmpty() ? "" : ", in namespace " + home)));
        }
        String stage = Optional.ofNullable(found.getMetadata().getLabels().get(Labels.STAGE))
                .orElse(target.owner().stage());
        Namespace successor = new NamespaceBuilder(ours(target))
                .editMetadata()
                .addToLabels(Labels.STAGE, stage)
                .endMetadata()
                .build();
        client.resource(successor).patch(FORCED);
        return Optional.empty();
    }

    private Namespace ours(Target target) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(target.namespace())
                .withLabels(Map.of(
                        Labels.PROJECT, target.owner().project(),
                        Labels.STAGE, target.owner().stage(),
                        Labels.OWNER_UID, target.projectUid(),
                        Labels.MANAGED_BY, Labels.MANAGED_BY_OPERATOR))
                .withAnnotations(Map.of(Annotations.OWNER_NAMESPACE, settings.namespace()))
                .endMetadata()
                .build();
    }

    private static boolean terminating(Namespace found) {
        return found.getMetadata().getDeletionTimestamp() != null;
    }

    private record Use(String namespace, String projectUid, String stage, boolean namespaceNamed, boolean asAccount) {
        static Use of(Target target) {
            return new Use(
                    target.namespace(),
                    target.projectUid(),
                    target.owner().stage(),
                    target.namespaceNamed(),
                    target.serviceAccount().isPresent());
        }
    }
}
