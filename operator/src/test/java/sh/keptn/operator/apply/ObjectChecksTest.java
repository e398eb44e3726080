package sh.keptn.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.StageName;
import sh.keptn.crds.Reason;
import sh.keptn.operator.apply.ObjectChecks.Checked;

/** What may be applied for a service, and in which order. */
class ObjectChecksTest {
    private static final Map<String, ApiKind> SERVED = Map.of(
            "v1#ConfigMap", new ApiKind("", "v1", "ConfigMap", "configmaps", true),
            "v1#ServiceAccount", new ApiKind("", "v1", "ServiceAccount", "serviceaccounts", true),
            "apps/v1#Deployment", new ApiKind("apps", "v1", "Deployment", "deployments", true),
            "v1#Namespace", new ApiKind("", "v1", "Namespace", "namespaces", false),
            "apiextensions.k8s.io/v1#CustomResourceDefinition",
                    new ApiKind("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "x", false));
    private static final Target TARGET = new Target(
            new ProjectName("shop"),
            new StageName("dev"),
            new ServiceName("hello"),
            "shop-dev",
            false,
            Optional.empty(),
            "uid");

    private final ObjectChecks checks = new ObjectChecks(
            (apiVersion, kind) -> Optional.ofNullable(SERVED.get(apiVersion + "#" + kind)),
            new ApplySettings("keptn", Set.of("CustomResourceDefinition.apiextensions.k8s.io")));

    @Test
    void ordersByKindAndName() {
        assertThat(accepted(
                        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}}",
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: b}}",
                        "{apiVersion: v1, kind: ServiceAccount, metadata: {name: c}}",
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}"))
                .extracting(prepared -> ObjectName.words(prepared.entry()))
                .containsExactly(
                        "ServiceAccount shop-dev/c",
                        "ConfigMap shop-dev/a",
                        "ConfigMap shop-dev/b",
                        "Deployment shop-dev/a");
    }

    @Test
    void takesAwayWhatTheClusterAloneWrites() {
        GenericKubernetesResource object = accepted("""
                {apiVersion: v1, kind: ConfigMap, data: {key: value}, status: {phase: old},
                 metadata: {name: a, uid: old, resourceVersion: "1", generation: 3, labels: {app: web},
                            creationTimestamp: "2020-01-01T00:00:00Z"}}
                """).getFirst().object();

        assertThat(object.getAdditionalProperties()).isEqualTo(Map.of("data", Map.of("key", "value")));
        assertThat(object.getMetadata().getUid()).isNull();
        assertThat(object.getMetadata().getResourceVersion()).isNull();
        assertThat(object.getMetadata().getCreationTimestamp()).isNull();
        assertThat(object.getMetadata().getGeneration()).isNull();
        assertThat(object.getMetadata().getLabels())
                .containsEntry("app", "web")
                .containsEntry("app.kubernetes.io/managed-by", "keptn-operator")
                .containsAllEntriesOf(TARGET.owner().labels());
    }

    @Test
    void leavesTheManagerLabelToAChartThatSetsIt() {
        assertThat(accepted(
                                "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: {app.kubernetes.io/managed-by: Helm}}}")
                        .getFirst()
                        .object()
                        .getMetadata()
                        .getLabels())
                .containsEntry("app.kubernetes.io/managed-by", "Helm");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {apiVersion: v1, kind: ConfigMap, metadata: {generateName: a-}} | no metadata.name
            {kind: ConfigMap, metadata: {name: a}} | lacks apiVersion
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: other}} | for namespace other
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a, ownerReferences: [{name: x, uid: y, kind: Z, apiVersion: v1}]}} | ownerReferences
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a, finalizers: [foregroundDeletion]}} | finalizer foregroundDeletion
            {apiVersion: v1, kind: ConfigMapList, metadata: {name: a}, items: []} | is a list
            {apiVersion: v1, kind: Namespace, metadata: {name: a}} | whole cluster
            """)
    void refuses(String object, String why) {
        assertThat(checks.check(TARGET, "r", ClusterExtension.objects(object)))
                .isInstanceOfSatisfying(Checked.Rejected.class, rejected -> {
                    assertThat(rejected.problem().reason()).isEqualTo(Reason.OBJECT_REFUSED);
                    assertThat(rejected.problem().passing()).isFalse();
                    assertThat(rejected.problem().message()).contains(why);
                });
    }

    @Test
    void refusesTheSameObjectTwice() {
        String object = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}";

        assertThat(checks.check(TARGET, "r", ClusterExtension.objects(object, object)))
                .isInstanceOfSatisfying(
                        Checked.Rejected.class,
                        rejected -> assertThat(rejected.problem().message()).contains("ConfigMap a is there twice"));
    }

    @Test
    void knowsAKindWhoseDefinitionIsAmongTheObjects() {
        assertThat(accepted("{apiVersion: example.org/v1, kind: Toy, metadata: {name: car}}", """
                        {apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: toys},
                         spec: {group: example.org, scope: Namespaced, names: {kind: Toy, plural: toys}}}
                        """))
                .extracting(prepared -> prepared.kind().plural())
                .containsExactly("x", "toys");
    }

    @Test
    void cutsAndHashesNamesThatAreNoLabelValues() {
        Owner owner =
                Owner.of(new ProjectName("p" + "a".repeat(99)), new StageName("dev"), new ServiceName("Hello.World_1"));

        assertThat(owner.project()).hasSize(63).matches("[a-z0-9-]+");
        assertThat(owner.service()).isEqualTo("Hello.World_1");
    }

    private List<Prepared> accepted(String... objects) {
        Checked checked = checks.check(TARGET, "r", ClusterExtension.objects(objects));
        if (checked instanceof Checked.Accepted(var prepared)) {
            return prepared;
        }
        throw new AssertionError(checked.toString());
    }
}
