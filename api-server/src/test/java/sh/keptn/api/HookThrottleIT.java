package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.crds.project.WebhookToken;

/** Those who try signatures are stopped like those who try tokens; who signs right never is. */
class HookThrottleIT {
    private static final String TOKEN = "one-token-for-all-of-them";

    @RegisterExtension
    static final ApiExtension api =
            new ApiExtension().with("KEPTN_WEBHOOK_SECRET", "shared-webhook").with("KEPTN_WRONG_TOKENS_BURST", "3");

    @Test
    void a23ThrottlesGuessesAndNeverARightCall() {
        GivenProject project = GivenProject.in(api);
        api.kubernetes()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("shared-webhook")
                        .withNamespace(api.namespace())
                        .endMetadata()
                        .addToStringData("token", TOKEN)
                        .build())
                .create();
        String url =
                api.endpoint().replaceAll("/api$", "") + WebhookToken.of(TOKEN).path(api.namespace(), project.name());
        HttpCalls right = api.anonymous().header("X-Gitlab-Token", TOKEN);
        await("the server knows the Secret").until(() -> right.post(url, "{}").status() == 202);

        List<Integer> guesses = IntStream.range(0, 30)
                .mapToObj(guess -> api.anonymous()
                        .header("X-Gitlab-Token", "guess-" + guess)
                        .post(url, "{}")
                        .status())
                .toList();

        assertThat(guesses).contains(429).containsOnly(404, 429);
        assertThat(right.post(url, "{}").status()).isEqualTo(202);
    }
}
