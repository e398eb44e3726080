package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.api.HttpCalls.Reply;

/** The token in a Secret, as it is in a cluster. */
class TokenIT {
    @RegisterExtension
    static final ApiExtension api = new ApiExtension().with("KEPTN_API_TOKEN", "");

    @Test
    void a5IsClosedUntilThereIsATokenAndFollowsItWithoutARestart() {
        assertThat(status("anything")).isEqualTo(503);

        put("first-token");
        Awaitility.await("the first token").until(() -> status("first-token") == 200);

        put("second-token");
        Awaitility.await("the second token").until(() -> status("second-token") == 200);
        assertThat(status("first-token")).isEqualTo(401);

        put("");
        Awaitility.await("no token").until(() -> status("second-token") == 503);
        assertThat(status("")).isEqualTo(503);
    }

    @Test
    void a10ThrottlesGuessesButNeverTheRightToken() {
        put("right");
        Awaitility.await("the token").until(() -> status("right") == 200);

        Awaitility.await("throttled").until(() -> {
            Reply guess = api.withToken("wrong")
                    .header("X-Forwarded-For", "9.9.9." + System.nanoTime() % 250)
                    .get(api.endpoint() + "/controlPlane/v1/project");
            return guess.status() == 429 && guess.header("Retry-After").isPresent();
        });

        assertThat(status("right")).isEqualTo(200);
    }

    private static int status(String token) {
        return api.withToken(token).get(api.endpoint() + "/v1/auth").status();
    }

    private static void put(String token) {
        api.kubernetes()
                .secrets()
                .inNamespace(api.namespace())
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("keptn-api-token")
                        .endMetadata()
                        .addToStringData("keptn-api-token", token)
                        .build())
                .createOr(existing -> existing.update());
    }
}
