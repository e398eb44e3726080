package sh.keptn.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;
import sh.keptn.crds.project.KeptnProject;

class ClientSerializationTest {
    private static final String OBJECT = """
            {"apiVersion": "%s", "kind": "%s",
             "metadata": {"name": "podtato", "uid": "u1", "labels": {"a": "b"},
               "managedFields": [{"manager": "kubectl", "fieldsV1": {"f:spec": {"f:git": {}}}}]}
             %s}
            """;

    private final KubernetesSerialization serialization = ClientSerialization.create();

    @Test
    void leavesOutTheManagedFieldsOfOurKinds() {
        KeptnProject project = serialization.unmarshal(
                OBJECT.formatted("keptn.sh/v1alpha1", "KeptnProject", ", \"spec\": {\"git\": {}}"), KeptnProject.class);

        assertThat(project.getMetadata().getManagedFields()).isNullOrEmpty();
        assertThat(project.getMetadata().getUid()).isEqualTo("u1");
        assertThat(project.getMetadata().getLabels()).containsEntry("a", "b");
        assertThat(project.getSpec()).isNotNull();
    }

    @Test
    void leavesThemOutWhereTheKindIsToldByTheObject() {
        serialization.registerKubernetesResource(KeptnProject.class);

        Object project = serialization.unmarshal(
                OBJECT.formatted("keptn.sh/v1alpha1", "KeptnProject", ", \"spec\": {\"git\": {}}"));

        assertThat(project)
                .isInstanceOfSatisfying(
                        KeptnProject.class,
                        found -> assertThat(found.getMetadata().getManagedFields())
                                .isNullOrEmpty());
    }

    @Test
    void readsOtherKindsWhole() {
        ConfigMap other = serialization.unmarshal(OBJECT.formatted("v1", "ConfigMap", ""), ConfigMap.class);

        assertThat(other.getMetadata().getManagedFields()).hasSize(1);
    }

    @Test
    void passesOverAnEnumConstantOfANewerVersion() {
        KeptnProject project = serialization.unmarshal(
                OBJECT.formatted(
                        "keptn.sh/v1alpha1",
                        "KeptnProject",
                        ", \"spec\": {\"git\": {}, \"deletionPolicy\": \"SomethingNew\"}"),
                KeptnProject.class);

        assertThat(project.getSpec().deletionPolicy()).isNull();
    }
}
