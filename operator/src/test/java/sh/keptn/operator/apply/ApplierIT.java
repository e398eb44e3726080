package sh.keptn.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static sh.keptn.operator.apply.ClusterExtension.REVISION;
import static sh.keptn.operator.apply.ClusterExtension.actions;
import static sh.keptn.operator.apply.ClusterExtension.as;
import static sh.keptn.operator.apply.ClusterExtension.configMap;
import static sh.keptn.operator.apply.ClusterExtension.deployment;
import static sh.keptn.operator.apply.ClusterExtension.inventory;
import static sh.keptn.operator.apply.ClusterExtension.objects;
import static sh.keptn.operator.apply.ClusterExtension.service;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.core.model.ServiceName;
import sh.keptn.crds.Labels;
import sh.keptn.crds.Reason;
import sh.keptn.crds.deployment.InventoryEntry;

/** What applying does to a real cluster, as the shipped account under the shipped roles. */
class ApplierIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final PatchContext MERGE =
            new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();

    @RegisterExtension
    static final ClusterExtension cluster = new ClusterExtension();

    @Test
    void makesTheNamespaceAndAppliesByKind() {
        Target target = cluster.target();

        ApplyResult.Applied first = cluster.apply(
                target, deployment("hello", "nginx:1", 1), service("hello"), configMap("settings", "1"), """
                apiVersion: v1
                kind: Secret
                metadata: {name: keys}
                stringData: {key: value}
                """);

        assertThat(actions(first))
                .containsExactly(
                        "Secret keys CREATED",
                        "ConfigMap settings CREATED",
                        "Service hello CREATED",
                        "Deployment hello CREATED");
        assertThat(cluster.admin()
                        .namespaces()
                        .withName(target.namespace())
                        .get()
                        .getMetadata()
                        .getLabels())
                .containsEntry(Labels.PROJECT, target.project().value())
                .containsEntry(Labels.STAGE, "dev")
                .containsEntry(Labels.OWNER_UID, target.projectUid())
                .containsEntry(Labels.MANAGED_BY, Labels.MANAGED_BY_OPERATOR);
        Deployment deployed = deploymentOf(target);
        assertThat(deployed.getMetadata().getLabels())
                .containsAllEntriesOf(target.owner().labels());
        assertThat(deployed.getMetadata().getAnnotations()).containsEntry("keptn.sh/revision", REVISION);
        assertThat(deployed.getSpec().getTemplate().getMetadata().getLabels()).isEqualTo(Map.of("app", "hello"));
    }

    @Test
    void tellsWhatChangedFromWhatStayed() {
        Target target = cluster.target();
        cluster.apply(target, deployment("hello", "nginx:1", 1), configMap("settings", "1"));

        ApplyResult result = cluster.applier()
                .apply(
                        target,
                        "dev@sha1:2",
                        objects(deployment("hello", "nginx:2", 1), configMap("settings", "1")),
                        Set.of());

        assertThat(actions(result)).containsExactly("ConfigMap settings UNCHANGED", "Deployment hello CONFIGURED");
        assertThat(deploymentOf(target).getMetadata().getAnnotations())
                .containsEntry("keptn.sh/revision", "dev@sha1:2");
    }

    @Test
    void takesFieldsAwayThatAreAskedForNoMore() {
        Target target = cluster.target();
        cluster.apply(target, """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings, labels: {tier: web}}
                data: {key: "1", other: "2"}
                """);

        cluster.apply(target, configMap("settings", "1"));

        assertThat(configMapOf(target, "settings").getData()).isEqualTo(Map.of("key", "1"));
        assertThat(configMapOf(target, "settings").getMetadata().getLabels()).doesNotContainKey("tier");
    }

    @Test
    void c16LeavesWhatSomebodyElseMadeAsItIs() {
        Target target = cluster.target();
        cluster.apply(target, configMap("mine", "1"));
        cluster.create(target.namespace(), configMap("theirs", "before"));

        ApplyResult result = cluster.attempt(target, configMap("mine", "2"), configMap("theirs", "after"));

        assertThat(result).isInstanceOfSatisfying(ApplyResult.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.NAME_CONFLICT);
            assertThat(refused.message()).contains("ConfigMap " + target.namespace() + "/theirs", "somebody else");
            assertThat(refused.done()).isEmpty();
        });
        assertThat(configMapOf(target, "theirs").getData()).isEqualTo(Map.of("key", "before"));
        assertThat(configMapOf(target, "mine").getData()).isEqualTo(Map.of("key", "1"));
    }

    @Test
    void c16LeavesAnotherServicesObjectAsItIs() {
        Target target = cluster.target();
        cluster.apply(target, configMap("shared", "first"));
        Target other = new Target(
                target.project(),
                target.stage(),
                new ServiceName("other"),
                target.namespace(),
                false,
                target.serviceAccount(),
                target.projectUid());

        ApplyResult result = cluster.attempt(other, configMap("shared", "second"));

        assertThat(result).isInstanceOfSatisfying(ApplyResult.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.NAME_CONFLICT);
            assertThat(refused.message()).contains("belongs to " + target.owner());
        });
        assertThat(configMapOf(target, "shared").getData()).isEqualTo(Map.of("key", "first"));
    }

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

    @ParameterizedTest
    @ValueSource(strings = {"default", "kube-system", "kube-anything"})
    void refusesTheClustersOwnNamespaces(String namespace) {
        ApplyResult result = cluster.attempt(targetWithoutCleaning(namespace, true), configMap("settings", "1"));

        assertThat(result)
                .isInstanceOfSatisfying(
                        ApplyResult.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.NAMESPACE_REFUSED));
    }

    @Test
    void refusesTheOperatorsOwnNamespace() {
        ApplyResult result = cluster.attempt(cluster.target("shop", cluster.home(), true), configMap("settings", "1"));

        assertThat(result)
                .isInstanceOfSatisfying(
                        ApplyResult.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.NAMESPACE_REFUSED));
    }

    @Test
    void usesANamespaceThatExistsOnlyIfTheProjectNamesIt() {
        Target unnamed = cluster.target();
        cluster.makeNamespace(unnamed.namespace());
        Target named = cluster.target(unnamed.project().value(), unnamed.namespace(), true);

        ApplyResult refused = cluster.attempt(unnamed, configMap("settings", "1"));
        ApplyResult applied = cluster.attempt(named, configMap("settings", "1"));

        assertThat(refused).isInstanceOfSatisfying(ApplyResult.Refused.class, result -> {
            assertThat(result.reason()).isEqualTo(Reason.NAME_CONFLICT);
            assertThat(result.message()).contains(unnamed.namespace(), "spec.stages[].namespace");
        });
        assertThat(applied).isInstanceOf(ApplyResult.Applied.class);
    }

    @Test
    void c16LeavesTheNamespaceOfAnotherProjectAlone() {
        Target first = cluster.target();
        cluster.apply(first, configMap("settings", "1"));
        Target second = cluster.target("second", first.namespace(), true);

        ApplyResult result = cluster.attempt(second, configMap("intruder", "1"));

        assertThat(result).isInstanceOfSatisfying(ApplyResult.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.NAME_CONFLICT);
            assertThat(refused.message()).contains(first.project().value());
        });
    }

    @Test
    void c13TakesOverTheNamespaceOfItsFormerSelf() {
        Target first = cluster.target();
        cluster.apply(first, configMap("settings", "1"));
        Target again = new Target(
                first.project(),
                first.stage(),
                first.service(),
                first.namespace(),
                false,
                first.serviceAccount(),
                "new");

        cluster.apply(again, configMap("settings", "2"));

        assertThat(cluster.admin()
                        .namespaces()
                        .withName(first.namespace())
                        .get()
                        .getMetadata()
                        .getLabels())
                .containsEntry(Labels.OWNER_UID, "new");
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

    @Test
    void actsAsTheStagesServiceAccountWithItsRightsAlone() {
        Target target = cluster.target();
        cluster.makeNamespace(target.namespace());
        cluster.admin()
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("deployer")
                        .withNamespace(target.namespace())
                        .endMetadata()
                        .build())
                .create();
        cluster.create(target.namespace(), """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: config-only}
                rules:
                - apiGroups: [""]
                  resources: [configmaps]
                  verbs: [get, create, patch, delete]
                """);
        cluster.create(target.namespace(), """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: config-only}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: config-only}
                subjects: [{kind: ServiceAccount, name: deployer, namespace: %s}]
                """.formatted(target.namespace()));
        Target named = as(cluster.target(target.project().value(), target.namespace(), true), "deployer");

        ApplyResult allowed = cluster.attempt(named, configMap("settings", "1"));
        ApplyResult refused = cluster.attempt(named, service("hello"));

        assertThat(allowed).isInstanceOf(ApplyResult.Applied.class);
        assertThat(refused).isInstanceOfSatisfying(ApplyResult.Refused.class, result -> {
            assertThat(result.reason()).isEqualTo(Reason.FORBIDDEN);
            assertThat(result.message())
                    .contains("system:serviceaccount:" + target.namespace() + ":deployer", "services");
        });
    }

    @Test
    void prunesWhatIsStillOursAndLeavesTheRest() {
        Target target = cluster.target();
        List<InventoryEntry> inventory = inventory(cluster.apply(
                target,
                configMap("gone", "1"),
                configMap("taken", "1"),
                configMap("kept", "1"),
                configMap("vanished", "1"),
                deployment("hello", "nginx:1", 1)));
        patchConfigMap(target, "taken", "{\"metadata\":{\"labels\":{\"keptn.sh/service\":\"other\"}}}");
        patchConfigMap(target, "kept", "{\"metadata\":{\"annotations\":{\"keptn.sh/reconcile\":\"disabled\"}}}");
        cluster.admin()
                .configMaps()
                .inNamespace(target.namespace())
                .withName("vanished")
                .delete();

        PruneResult result = cluster.applier().prune(target, inventory);

        assertThat(result)
                .isInstanceOfSatisfying(
                        PruneResult.Pruned.class,
                        pruned -> assertThat(pruned.deleted())
                                .extracting(InventoryEntry::name)
                                .containsExactly("hello", "gone"));
        assertThat(cluster.admin()
                        .configMaps()
                        .inNamespace(target.namespace())
                        .list()
                        .getItems())
                .extracting(found -> found.getMetadata().getName())
                .contains("taken", "kept")
                .doesNotContain("gone");
    }

    @Test
    void waitsForWhatAFinalizerHolds() {
        Target target = cluster.target();
        List<InventoryEntry> inventory = inventory(cluster.apply(target, """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: held, finalizers: [example.org/hold]}
                """));

        PruneResult first = cluster.applier().prune(target, inventory);
        patchConfigMap(target, "held", "{\"metadata\":{\"finalizers\":null}}");
        PruneResult second = cluster.applier().prune(target, first.remaining());

        assertThat(first).isInstanceOfSatisfying(PruneResult.Waiting.class, waiting -> {
            assertThat(waiting.message()).contains("ConfigMap " + target.namespace() + "/held");
            assertThat(waiting.remaining()).isEqualTo(inventory);
        });
        assertThat(second).isInstanceOf(PruneResult.Pruned.class);
    }

    @Test
    void leavesAnObjectAloneThatAsksForIt() {
        Target target = cluster.target();
        cluster.apply(target, configMap("settings", "1"));
        patchConfigMap(
                target,
                "settings",
                "{\"metadata\":{\"annotations\":{\"keptn.sh/reconcile\":\"disabled\"}},\"data\":{\"key\":\"by hand\"}}");
        awaitWatched(target, "settings", "by hand");

        ApplyResult result = cluster.attempt(target, configMap("settings", "2"));

        assertThat(actions(result)).containsExactly("ConfigMap settings LEFT");
        assertThat(configMapOf(target, "settings").getData()).isEqualTo(Map.of("key", "by hand"));
    }

    @Test
    void c17SeesAManualEditAndRepairsIt() {
        Target target = cluster.target();
        List<InventoryEntry> inventory =
                inventory(cluster.apply(target, deployment("hello", "nginx:1", 1), configMap("settings", "1")));
        assertThat(cluster.deployed().drifted(inventory)).isEmpty();

        cluster.admin()
                .apps()
                .deployments()
                .inNamespace(target.namespace())
                .withName("hello")
                .scale(3);
        patchConfigMap(target, "settings", "{\"data\":{\"key\":\"by hand\"}}");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(cluster.deployed().drifted(inventory))
                        .containsExactlyInAnyOrderElementsOf(inventory));
        assertThat(cluster.woken()).contains(target.owner());
        ApplyResult repaired = cluster.attempt(target, deployment("hello", "nginx:1", 1), configMap("settings", "1"));
        assertThat(actions(repaired)).containsExactly("ConfigMap settings CONFIGURED", "Deployment hello CONFIGURED");
        assertThat(cluster.deployed().drifted(inventory)).isEmpty();
        assertThat(deploymentOf(target).getSpec().getReplicas()).isEqualTo(1);
        assertThat(configMapOf(target, "settings").getData()).isEqualTo(Map.of("key", "1"));
    }

    @Test
    void c17SeesAManualDeletionAndMakesTheObjectAgain() {
        Target target = cluster.target();
        List<InventoryEntry> inventory = inventory(cluster.apply(target, deployment("hello", "nginx:1", 1)));

        cluster.admin()
                .apps()
                .deployments()
                .inNamespace(target.namespace())
                .withName("hello")
                .delete();

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(cluster.deployed().drifted(inventory)).isEqualTo(inventory));
        assertThat(actions(cluster.attempt(target, deployment("hello", "nginx:1", 1))))
                .containsExactly("Deployment hello CREATED");
        assertThat(cluster.deployed().drifted(inventory)).isEmpty();
    }

    @Test
    void c17LeavesReplicasToAnAutoscaler() {
        Target target = cluster.target();
        String autoscaler = """
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: hello}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: hello}
                  minReplicas: 2
                  maxReplicas: 5
                """;
        cluster.apply(target, deployment("hello", "nginx:1", 2), autoscaler);
        ApplyResult untouched = cluster.attempt(target, deployment("hello", "nginx:1", 1), autoscaler);
        int before = deploymentOf(target).getSpec().getReplicas();
        cluster.admin()
                .apps()
                .deployments()
                .inNamespace(target.namespace())
                .withName("hello")
                .scale(4);

        ApplyResult result = cluster.restarted()
                .apply(target, REVISION, objects(deployment("hello", "nginx:2", 1), autoscaler), Set.of());
        ApplyResult again = cluster.restarted()
                .apply(target, REVISION, objects(deployment("hello", "nginx:2", 1), autoscaler), Set.of());

        assertThat(untouched).isInstanceOf(ApplyResult.Applied.class);
        assertThat(before).isEqualTo(2);
        assertThat(actions(result)).contains("Deployment hello CONFIGURED");
        assertThat(actions(again)).contains("Deployment hello UNCHANGED");
        assertThat(deploymentOf(target).getSpec().getReplicas()).isEqualTo(4);
    }

    @Test
    void findsWhatItAppliedWhenTheStatusWasLost() {
        Target target = cluster.target();
        List<InventoryEntry> inventory = inventory(cluster.apply(
                target, deployment("hello", "nginx:1", 1), service("hello"), configMap("settings", "1"), """
                apiVersion: v1
                kind: Secret
                metadata: {name: keys}
                """));
        cluster.create(target.namespace(), configMap("theirs", "1"));

        assertThat(cluster.restarted().labelled(target)).containsExactlyElementsOf(inventory);
    }

    @Test
    void wakesNobodyForItsOwnApply() {
        Target target = cluster.target();

        List<InventoryEntry> inventory = inventory(cluster.apply(target, configMap("settings", "1")));
        cluster.apply(target, configMap("settings", "2"));
        patchConfigMap(target, "settings", "{\"metadata\":{\"annotations\":{\"example.org/seen\":\"yes\"}}}");

        await().during(Duration.ofMillis(300))
                .atMost(PATIENCE)
                .until(() -> cluster.deployed().drifted(inventory).isEmpty());
        assertThat(cluster.woken()).doesNotContain(target.owner());
    }

    private static Target targetWithoutCleaning(String namespace, boolean named) {
        Target made = cluster.target();
        return new Target(
                made.project(),
                made.stage(),
                made.service(),
                namespace,
                named,
                made.serviceAccount(),
                made.projectUid());
    }

    private static void awaitWatched(Target target, String name, String value) {
        await().atMost(PATIENCE)
                .until(() -> cluster.deployed()
                        .known(new ObjectName("", "ConfigMap", target.namespace(), name))
                        .filter(LiveObject::left)
                        .isPresent());
        assertThat(configMapOf(target, name).getData()).containsEntry("key", value);
    }

    private static void patchConfigMap(Target target, String name, String json) {
        cluster.admin()
                .configMaps()
                .inNamespace(target.namespace())
                .withName(name)
                .patch(MERGE, json);
    }

    private static ConfigMap configMapOf(Target target, String name) {
        return cluster.admin()
                .configMaps()
                .inNamespace(target.namespace())
                .withName(name)
                .require();
    }

    private static Deployment deploymentOf(Target target) {
        return cluster.admin()
                .apps()
                .deployments()
                .inNamespace(target.namespace())
                .withName("hello")
                .require();
    }
}
