package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.crds.project.WebhookToken;
import sh.keptn.local.git.Provisioned;

/** Where pushes are announced stands in the status, follows the Secret, and is never a reason to stop polling. */
class WebhookIT {
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("kubectl")
            .withForce(true)
            .build();

    @RegisterExtension
    static final OperatorExtension keptn = new OperatorExtension().with("KEPTN_WEBHOOK_SECRET", "shared-webhook");

    @Test
    void tellsTheAddressThatTheTokenOfTheProjectsOwnSecretGives() {
        secret("own-webhook", Map.of("token", "the-first-token-of-it"));

        project("own", "own-webhook");

        awaitPath("own", "the-first-token-of-it");
        assertThat(keptn.eventReasons("own")).doesNotContain("WebhookSecretMissing");
    }

    @Test
    void followsARotatedTokenWithinAPassAndWithoutARestart() {
        secret("rotated-webhook", Map.of("token", "the-first-token-of-it"));
        project("rotated", "rotated-webhook");
        awaitPath("rotated", "the-first-token-of-it");

        secret("rotated-webhook", Map.of("token", "the-second-token-of-it"));

        awaitPath("rotated", "the-second-token-of-it");
    }

    @Test
    void saysThatTheSecretIsMissingAndIsReadyAllTheSame() {
        project("missing", "nowhere");

        keptn.awaitReady("missing");
        awaitUnready("missing", "WebhookSecretMissing", "'nowhere' not found");
        assertThat(keptn.eventReasons("missing")).contains("WebhookSecretMissing");

        secret("nowhere", Map.of("token", "here-it-comes-after-all"));
        awaitPath("missing", "here-it-comes-after-all");
    }

    @Test
    void saysWhatIsWrongWithATokenAndNeverTheToken() {
        secret("short-webhook", Map.of("token", "secret1"));
        secret("keyless-webhook", Map.of("password", "the-token-under-another-key"));

        project("short", "short-webhook");
        project("keyless", "keyless-webhook");

        assertThat(awaitUnready("short", "WebhookSecretInvalid", "at least 16 characters"))
                .doesNotContain("secret1");
        awaitUnready("keyless", "WebhookSecretInvalid", "key 'token'");
    }

    @Test
    void usesTheSharedSecretWhereAProjectNamesNone() {
        secret("shared-webhook", Map.of("token", "one-token-for-all-of-them"));

        keptn.applyProject("shared", upstream("shared").gitRemoteUrl(), "dev");

        awaitPath("shared", "one-token-for-all-of-them");
    }

    private static Provisioned upstream(String project) {
        return keptn.upstream(project);
    }

    private static void project(String name, String secret) {
        String yaml = Samples.projectYaml(name, upstream(name).gitRemoteUrl(), "", "dev");
        keptn.apply(yaml.replace("interval: 10s", "interval: 10m\n  webhook: {secretRef: {name: " + secret + "}}"));
    }

    private static void secret(String name, Map<String, String> data) {
        keptn.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(keptn.namespace())
                        .endMetadata()
                        .withStringData(data)
                        .build())
                .patch(APPLY);
    }

    private static void awaitPath(String name, String token) {
        keptn.awaitProject(name, found -> {
            assertThat(OperatorExtension.status(found).webhookPath())
                    .isEqualTo(WebhookToken.of(token).path(keptn.namespace(), name));
            assertThat(OperatorExtension.condition(found, "WebhookReady"))
                    .hasValueSatisfying(ready -> assertThat(ready.getStatus()).isEqualTo("True"));
        });
    }

    private static String awaitUnready(String name, String reason, String words) {
        keptn.awaitProject(name, found -> {
            assertThat(OperatorExtension.status(found).webhookPath()).isNull();
            assertThat(OperatorExtension.condition(found, "WebhookReady")).hasValueSatisfying(ready -> {
                assertThat(ready.getStatus()).isEqualTo("False");
                assertThat(ready.getReason()).isEqualTo(reason);
                assertThat(ready.getMessage()).contains(words);
            });
        });
        return OperatorExtension.condition(keptn.project(name), "WebhookReady")
                .orElseThrow()
                .getMessage();
    }
}
