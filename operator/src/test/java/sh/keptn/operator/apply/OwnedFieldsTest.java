package sh.keptn.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/** Which changes count as changes of what we applied. */
class OwnedFieldsTest {
    private static final String OURS = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: hello
              labels: {app: web}
              annotations: {keptn.sh/revision: one, deployment.kubernetes.io/revision: "1"}
              managedFields:
              - manager: keptn-operator
                operation: Apply
                fieldsV1:
                  f:metadata: {f:labels: {f:app: {}}, f:annotations: {f:keptn.sh/revision: {}}}
                  f:spec:
                    f:replicas: {}
                    f:template: {f:spec: {f:containers: {'k:{"name":"main"}': {.: {}, f:image: {}, f:name: {}}}}}
              - manager: kube-controller-manager
                operation: Update
                subresource: status
                fieldsV1: {f:status: {}}
            spec:
              replicas: 2
              template: {spec: {containers: [{name: side, image: "side:1"}, {name: main, image: "web:1"}]}}
            status: {replicas: 1}
            """;

    @Test
    void doesNotMindWhatOthersWrite() {
        assertThat(digest(OURS.replace("side:1", "side:2")
                        .replace("status: {replicas: 1}", "status: {replicas: 2}")
                        .replace(
                                "deployment.kubernetes.io/revision: \"1\"",
                                "deployment.kubernetes.io/revision: \"2\"")))
                .isEqualTo(digest(OURS));
    }

    @Test
    void doesNotMindTheRevision() {
        assertThat(digest(OURS.replace("keptn.sh/revision: one", "keptn.sh/revision: two")))
                .isEqualTo(digest(OURS));
    }

    @Test
    void seesAValueOfOursThatChanged() {
        assertThat(digest(OURS.replace("web:1", "web:2"))).isNotEqualTo(digest(OURS));
    }

    @Test
    void seesALabelOfOursThatChanged() {
        assertThat(digest(OURS.replace("labels: {app: web}", "labels: {app: other}")))
                .isNotEqualTo(digest(OURS));
    }

    @Test
    void seesAContainerOfOursThatIsGone() {
        assertThat(digest(OURS.replace("name: main, image", "name: other, image")))
                .isNotEqualTo(digest(OURS));
    }

    @Test
    void seesAFieldThatSomebodyElseTookOver() {
        assertThat(digest(OURS.replace("        f:replicas: {}\n", ""))).isNotEqualTo(digest(OURS));
    }

    @Test
    void knowsWhetherReplicasAreOurs() {
        assertThat(OwnedFields.holdReplicas(parse(OURS))).isTrue();
        assertThat(OwnedFields.holdReplicas(parse(OURS.replace("        f:replicas: {}\n", ""))))
                .isFalse();
    }

    private static String digest(String yaml) {
        return OwnedFields.digest(parse(yaml));
    }

    private static GenericKubernetesResource parse(String yaml) {
        return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
    }
}
