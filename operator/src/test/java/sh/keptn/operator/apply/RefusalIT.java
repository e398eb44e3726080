package sh.keptn.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static sh.keptn.operator.apply.ClusterExtension.REVISION;
import static sh.keptn.operator.apply.ClusterExtension.actions;
import static sh.keptn.operator.apply.ClusterExtension.configMap;
import static sh.keptn.operator.apply.ClusterExtension.deployment;
import static sh.keptn.operator.apply.ClusterExtension.inventory;
import static sh.keptn.operator.apply.ClusterExtension.objects;
import static sh.keptn.operator.apply.ClusterExtension.service;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.crds.Reason;

/** What the cluster does not take is told apart and named. */
class RefusalIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final PatchContext MERGE =
            new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();

    @RegisterExtension
    static final ClusterExtension cluster = new ClusterExtension();

    @Test
    void refusesAllWhenOneIsOfTheWholeClusterOrForAnotherNamespace() {
        Target target = cluster.target();

        ApplyResult result = cluster.attempt(target, configMap("fine", "1"), """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: everything}
                rules: []
                """, """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: stray, namespace: kube-system}
                """);

        assertThat(result).isInstanceOfSatisfying(ApplyResult.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.OBJECT_REFUSED);
            assertThat(refused.message())
                    .contains("ClusterRole everything", "ClusterRole.rbac.authorization.k8s.io")
                    .contains("ConfigMap stray", "kube-system");
        });
        assertThat(cluster.admin().namespaces().withName(target.namespace()).get())
                .isNull();
    }

    @Test
    void waitsForAKindThatTheClusterDoesNotKnow() {
        ApplyResult result = cluster.attempt(cluster.target(), """
                apiVersion: example.org/v1
                kind: Unheard
                metadata: {name: one}
                """);

        assertThat(result)
                .isInstanceOfSatisfying(
                        ApplyResult.Failed.class,
                        failed -> assertThat(failed.message())
                                .contains("Unheard one", "example.org/v1", "CustomResourceDefinition"));
    }

    @Test
    void c11WaitsWhileTheNamespaceEndsAndHoldsNoDeletionUp() {
        Target target = cluster.target();
        ApplyResult.Applied applied = cluster.apply(target, """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: held, finalizers: [example.org/hold]}
                """);
        cluster.admin().namespaces().withName(target.namespace()).delete();

        ApplyResult result = cluster.restarted().apply(target, REVISION, objects(configMap("late", "1")), Set.of());
        PruneResult pruned = cluster.applier().prune(target, inventory(applied));

        assertThat(result)
                .isInstanceOfSatisfying(
                        ApplyResult.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.NAMESPACE_TERMINATING));
        assertThat(pruned.remaining()).isEmpty();
        cluster.admin()
                .configMaps()
                .inNamespace(target.namespace())
                .withName("held")
                .patch(MERGE, "{\"metadata\":{\"finalizers\":null}}");
    }

    @Test
    void c10TellsOfAnExceededQuota() {
        Target target = cluster.target();
        cluster.apply(target, configMap("first", "1"));
        cluster.create(target.namespace(), """
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: few}
                spec: {hard: {services: "0"}}
                """);
        await().atMost(PATIENCE)
                .until(() -> cluster.admin()
                                .resourceQuotas()
                                .inNamespace(target.namespace())
                                .withName("few")
                                .get()
                                .getStatus()
                                .getHard()
                        != null);

        ApplyResult result = cluster.attempt(target, configMap("first", "2"), service("hello"));

        assertThat(result).isInstanceOfSatisfying(ApplyResult.Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(Reason.QUOTA_EXCEEDED);
            assertThat(failed.message()).contains("Service", "hello", "exceeded quota: few");
            assertThat(actions(failed)).containsExactly("ConfigMap first CONFIGURED");
        });
    }

    @Test
    void c10TellsWhyPodSecurityDenies() {
        Target target = cluster.target();
        cluster.apply(target, configMap("first", "1"));
        cluster.admin()
                .namespaces()
                .withName(target.namespace())
                .patch(MERGE, "{\"metadata\":{\"labels\":{\"pod-security.kubernetes.io/enforce\":\"restricted\"}}}");

        ApplyResult result = cluster.attempt(target, """
                apiVersion: v1
                kind: Pod
                metadata: {name: bare}
                spec: {containers: [{name: main, image: nginx}]}
                """);

        assertThat(result).isInstanceOfSatisfying(ApplyResult.Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(Reason.ADMISSION_DENIED);
            assertThat(failed.message()).contains("Pod " + target.namespace() + "/bare", "violates PodSecurity");
        });
    }

    @Test
    void tellsOfAFieldThatCannotBeChanged() {
        Target target = cluster.target();
        cluster.apply(target, deployment("hello", "nginx:1", 1));

        ApplyResult result =
                cluster.attempt(target, deployment("hello", "nginx:1", 1).replace("app: hello", "app: other"));

        assertThat(result)
                .isInstanceOfSatisfying(
                        ApplyResult.Refused.class,
                        refused -> assertThat(refused.message())
                                .contains(
                                        "Deployment " + target.namespace() + "/hello",
                                        "immutable",
                                        "delete the object or rename it"));
    }

    @Test
    void keepsASecretsContentOutOfTheRefusal() {
        ApplyResult result = cluster.attempt(cluster.target(), """
                apiVersion: v1
                kind: Secret
                metadata: {name: keys}
                data: {key: {nested: hunter2}}
                """);

        assertThat(result).isInstanceOf(ApplyResult.Refused.class);
        assertThat(result.toString()).contains("Secret").doesNotContain("hunter2");
    }
}
