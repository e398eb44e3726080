package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static sh.keptn.operator.Scene.configMap;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A stage whose policy names a service account is deployed with the rights of that account alone. */
class ImpersonatedDeploymentIT {
    @RegisterExtension
    static final OperatorExtension keptn = new OperatorExtension();

    private final Scene scene = Scene.named(keptn, "account");

    @BeforeEach
    void aStageWithAnAccountThatMayWriteConfigMaps() {
        keptn.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(scene.namespace())
                        .endMetadata()
                        .build())
                .create();
        scene.create("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: deployer}
                """);
        allow("config", "", "configmaps");
        keptn.apply(Samples.projectYaml(
                        scene.project(), keptn.upstream(scene.project()).gitRemoteUrl(), "", "dev")
                .replace(
                        "  initialShipyard:",
                        "  stages:\n  - name: dev\n    namespace: " + scene.namespace()
                                + "\n    serviceAccountName: deployer\n  initialShipyard:"));
        keptn.awaitReady(scene.project());
        scene.open();
    }

    @Test
    void whatTheAccountMayDoIsDoneAndWhatItMayNotIsNamed() {
        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'one'"));
        scene.awaitReady("dev", "carts");
        assertThat(scene.config("one")).isPresent();
        scene.push("dev", "orders/values.yaml", "image: orders:1.0\n");
        scene.awaitReason(
                "dev",
                "orders",
                "Forbidden",
                "system:serviceaccount:" + scene.namespace() + ":deployer",
                "cannot",
                "in the namespace \"" + scene.namespace() + "\"");
        scene.awaitServiceStatus("orders", "dev: ", "cannot");

        allow("workloads", "apps", "deployments");
        allow("services", "", "services");
        keptn.reconcileNow(scene.project());
        scene.push("dev", "orders/values.yaml", "image: orders:2.0\n");

        scene.awaitRunning("dev", "orders");
        scene.remove("dev", "carts");
        scene.await(() -> assertThat(scene.config("one")).isEmpty());
    }

    /** The rights that docs/rights.md asks for. */
    private void allow(String name, String group, String resource) {
        scene.create("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: %s}
                rules:
                - apiGroups: ["%s"]
                  resources: [%s]
                  verbs: [get, create, patch, delete]
                """.formatted(name, group, resource));
        scene.create("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: %s}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: %s}
                subjects: [{kind: ServiceAccount, name: deployer, namespace: %s}]
                """.formatted(name, name, scene.namespace()));
    }
}
