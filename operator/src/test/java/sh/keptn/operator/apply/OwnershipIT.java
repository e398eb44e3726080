package sh.keptn.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static sh.keptn.operator.apply.ClusterExtension.configMap;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.core.model.ServiceName;
import sh.keptn.crds.Labels;
import sh.keptn.crds.Reason;

/** What is somebody else's is left as it is: objects, and namespaces. */
class OwnershipIT {
    @RegisterExtension
    static final ClusterExtension cluster = new ClusterExtension();

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
        assertThat(cluster.configMapOf(target, "theirs").getData()).isEqualTo(Map.of("key", "before"));
        assertThat(cluster.configMapOf(target, "mine").getData()).isEqualTo(Map.of("key", "1"));
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
        assertThat(cluster.configMapOf(target, "shared").getData()).isEqualTo(Map.of("key", "first"));
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
}
