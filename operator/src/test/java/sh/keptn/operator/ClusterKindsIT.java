package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.crds.Labels;

/** Kinds of the whole cluster are deployed where the administrator says so, and nowhere else. */
class ClusterKindsIT {
    @RegisterExtension
    static final OperatorExtension keptn =
            new OperatorExtension().with("KEPTN_ALLOWED_CLUSTER_KINDS", "PriorityClass.scheduling.k8s.io");

    /** The rights come from a role of the administrator's own, as docs/rights.md says. */
    @BeforeAll
    static void theAdministratorsRole() {
        keptn.client().resource("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: priorities-%1$s}
                rules:
                - apiGroups: [scheduling.k8s.io]
                  resources: [priorityclasses]
                  verbs: [get, create, patch, delete]
                """.formatted(keptn.namespace())).create();
        keptn.client().resource("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: priorities-%1$s}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: priorities-%1$s}
                subjects: [{kind: ServiceAccount, name: keptn-operator, namespace: %1$s}]
                """.formatted(keptn.namespace())).create();
    }

    @AfterAll
    static void noRoleIsLeft() {
        String name = "priorities-" + keptn.namespace();
        keptn.client().rbac().clusterRoleBindings().withName(name).delete();
        keptn.client().rbac().clusterRoles().withName(name).delete();
    }

    @Test
    void anAllowedKindIsAppliedAndPrunedAndAnyOtherRefused() {
        Scene scene = Scene.ready(keptn, "cluster", "dev");
        scene.push("dev", "carts/manifests/priority.yaml", """
                apiVersion: scheduling.k8s.io/v1
                kind: PriorityClass
                metadata: {name: %s}
                value: 1000
                """.formatted(scene.project()));
        scene.awaitReady("dev", "carts");
        assertThat(priority(scene).orElseThrow().getMetadata().getLabels()).containsEntry(Labels.SERVICE, "carts");

        scene.push("dev", "carts/manifests/role.yaml", """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: %s}
                """.formatted(scene.project()));
        scene.awaitReason("dev", "carts", "ObjectRefused", "KEPTN_ALLOWED_CLUSTER_KINDS");
        assertThat(priority(scene)).isPresent();

        scene.remove("dev", "carts");

        scene.await(() -> assertThat(priority(scene)).isEmpty());
    }

    private static Optional<PriorityClass> priority(Scene scene) {
        return Optional.ofNullable(keptn.client()
                .scheduling()
                .v1()
                .priorityClasses()
                .withName(scene.project())
                .get());
    }
}
