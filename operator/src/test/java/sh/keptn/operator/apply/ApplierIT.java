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

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.crds.Labels;
import sh.keptn.crds.Reason;
import sh.keptn.crds.deployment.InventoryEntry;

/** What applying does to a real cluster, as the shipped account under the shipped roles. */
class ApplierIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

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
        Deployment deployed = cluster.deploymentOf(target);
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
        assertThat(cluster.deploymentOf(target).getMetadata().getAnnotations())
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

        assertThat(cluster.configMapOf(target, "settings").getData()).isEqualTo(Map.of("key", "1"));
        assertThat(cluster.configMapOf(target, "settings").getMetadata().getLabels())
                .doesNotContainKey("tier");
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
    void leavesAnObjectAloneThatAsksForIt() {
        Target target = cluster.target();
        cluster.apply(target, configMap("settings", "1"));
        cluster.patchConfigMap(
                target,
                "settings",
                "{\"metadata\":{\"annotations\":{\"keptn.sh/reconcile\":\"disabled\"}},\"data\":{\"key\":\"by hand\"}}");
        awaitWatched(target, "settings", "by hand");

        ApplyResult result = cluster.attempt(target, configMap("settings", "2"));

        assertThat(actions(result)).containsExactly("ConfigMap settings LEFT");
        assertThat(cluster.configMapOf(target, "settings").getData()).isEqualTo(Map.of("key", "by hand"));
    }

    @Test
    void wakesNobodyForItsOwnApply() {
        Target target = cluster.target();

        List<InventoryEntry> inventory = inventory(cluster.apply(target, configMap("settings", "1")));
        cluster.apply(target, configMap("settings", "2"));
        cluster.patchConfigMap(target, "settings", "{\"metadata\":{\"annotations\":{\"example.org/seen\":\"yes\"}}}");

        await().during(Duration.ofMillis(300))
                .atMost(PATIENCE)
                .until(() -> cluster.deployed().drifted(inventory).isEmpty());
        assertThat(cluster.woken()).doesNotContain(target.owner());
    }

    private static void awaitWatched(Target target, String name, String value) {
        await().atMost(PATIENCE)
                .until(() -> cluster.deployed()
                        .known(new ObjectName("", "ConfigMap", target.namespace(), name))
                        .filter(LiveObject::left)
                        .isPresent());
        assertThat(cluster.configMapOf(target, name).getData()).containsEntry("key", value);
    }
}
