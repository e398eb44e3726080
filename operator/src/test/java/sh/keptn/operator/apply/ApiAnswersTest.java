package sh.keptn.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sh.keptn.crds.Reason;
import sh.keptn.crds.deployment.InventoryEntry;

/** What the API server's refusals mean. */
class ApiAnswersTest {
    private static final InventoryEntry DEPLOYMENT = new InventoryEntry("apps/v1", "Deployment", "here", "hello");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            403 | exceeded quota: few, requested: services=1 | QUOTA_EXCEEDED | true
            400 | admission webhook "policy.example.org" denied the request: no latest tags | ADMISSION_DENIED | true
            422 | ValidatingAdmissionPolicy 'tags' with binding 'all' denied request: no latest tags | ADMISSION_DENIED | true
            403 | pods "x" is forbidden: violates PodSecurity "restricted:latest" | ADMISSION_DENIED | true
            403 | deployments.apps is forbidden: User "x" cannot patch | FORBIDDEN | false
            422 | spec.selector: Invalid value: field is immutable | APPLY_FAILED | false
            422 | spec.replicas: Invalid value: -1 | APPLY_FAILED | false
            500 | failed to create typed patch object: .spec.replicas: expected numeric | APPLY_FAILED | false
            500 | failed calling webhook "policy.example.org": connection refused | APPLY_FAILED | true
            429 | too many requests | APPLY_FAILED | true
            404 | namespaces "here" not found | APPLY_FAILED | true
            """)
    void tellsWhetherAPersonMustMendIt(int code, String message, Reason reason, boolean passing) {
        Problem problem = ApiAnswers.applying(DEPLOYMENT, refusal(code, message));

        assertThat(problem.reason()).isEqualTo(reason);
        assertThat(problem.passing()).isEqualTo(passing);
        assertThat(problem.message()).startsWith("Deployment here/hello: " + message);
    }

    @Test
    void keepsASecretsContentBack() {
        InventoryEntry secret = new InventoryEntry("v1", "Secret", "here", "keys");

        assertThat(ApiAnswers.applying(secret, refusal(422, "data.key: Invalid value: \"hunter2\""))
                        .message())
                .contains("Secret here/keys", "422")
                .doesNotContain("hunter2");
    }

    @Test
    void readsATerminatingNamespaceFromTheCause() {
        Status status = new StatusBuilder()
                .withCode(403)
                .withMessage("because it is being terminated")
                .withNewDetails()
                .addNewCause("metadata.namespace", "namespace here is being terminated", "NamespaceTerminating")
                .endDetails()
                .build();

        Problem problem = ApiAnswers.applying(DEPLOYMENT, new KubernetesClientException("refused", 403, status));

        assertThat(problem.reason()).isEqualTo(Reason.NAMESPACE_TERMINATING);
        assertThat(problem.passing()).isTrue();
    }

    private static KubernetesClientException refusal(int code, String message) {
        return new KubernetesClientException(
                "refused",
                code,
                new StatusBuilder().withCode(code).withMessage(message).build());
    }
}
