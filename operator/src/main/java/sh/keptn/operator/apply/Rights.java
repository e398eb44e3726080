package sh.keptn.operator.apply;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import sh.keptn.crds.FieldManagers;
import sh.keptn.crds.Labels;

/**
 * The operator's rights in stage namespaces. It has none on workloads in the whole cluster: in each namespace it uses it
 * binds itself to a role that administrators can widen, or, where it acts as a service account, to one that only lets it
 * do that.
 */
final class Rights {
    static final String DEPLOYER = "keptn-deployer";
    static final String IMPERSONATOR = "keptn-impersonator";

    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final Duration PAUSE = Duration.ofMillis(25);
    private static final int TRIES = 80;
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FieldManagers.OPERATOR)
            .build();

    private final KubernetesClient client;
    private final ApplySettings settings;

    Rights(KubernetesClient client, ApplySettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /** Makes sure that the operator may work in a namespace, itself or as a service account there. */
    void grant(String namespace, boolean asAccount) {
        RoleBinding wanted = binding(namespace, asAccount ? IMPERSONATOR : DEPLOYER);
        RoleBinding found = client.rbac()
                .roleBindings()
                .inNamespace(namespace)
                .withName(wanted.getMetadata().getName())
                .get();
        if (found != null
                && wanted.getRoleRef().equals(found.getRoleRef())
                && wanted.getSubjects().equals(found.getSubjects())) {
            return;
        }
        client.resource(wanted).patch(APPLY);
        awaitEffect(namespace, asAccount);
    }

    private RoleBinding binding(String namespace, String role) {
        return new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(role + "-" + settings.namespace())
                .withLabels(Map.of(Labels.MANAGED_BY, Labels.MANAGED_BY_OPERATOR))
                .endMetadata()
                .withNewRoleRef(RBAC, "ClusterRole", role)
                .addNewSubject("", "ServiceAccount", settings.account(), settings.namespace())
                .build();
    }

    /** A binding counts a moment after it was written; asking is cheaper than a refused first deployment. */
    private void awaitEffect(String namespace, boolean asAccount) {
        SelfSubjectAccessReview question = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withVerb(asAccount ? "impersonate" : "patch")
                .withGroup(asAccount ? "" : "apps")
                .withResource(asAccount ? "serviceaccounts" : "deployments")
                .endResourceAttributes()
                .endSpec()
                .build();
        for (int attempt = 0; attempt < TRIES; attempt++) {
            if (Boolean.TRUE.equals(
                    client.resource(question).create().getStatus().getAllowed())) {
                return;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
