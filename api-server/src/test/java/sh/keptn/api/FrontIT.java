package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.api.HttpCalls.Reply;

class FrontIT {
    @RegisterExtension
    static final ApiExtension api = new ApiExtension().with("KEPTN_WRONG_TOKENS_BURST", "1000");

    @Test
    void answersTheAuthSubRequestWithAnEmptyBody() {
        Reply reply = api.http().get(api.endpoint() + "/v1/auth");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void a1RefusesACallWithoutAToken() {
        Reply reply = api.anonymous().get(api.endpoint() + "/v1/metadata");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().path("code").asInt()).isEqualTo(401);
        assertThat(reply.json().path("message").asText()).isNotBlank();
    }

    @Test
    void a1RefusesACallWithoutATokenBeforeItReadsTheBody() {
        Reply reply = api.anonymous()
                .call(
                        "POST",
                        api.endpoint() + "/controlPlane/v1/project",
                        BodyPublishers.ofString("{not json"),
                        Optional.of("application/json"));

        assertThat(reply.status()).isEqualTo(401);
    }

    @Test
    void a7DoesNotTakeABearerForAToken() {
        Reply reply = api.anonymous()
                .header("Authorization", "Bearer " + ApiExtension.TOKEN)
                .get(api.endpoint() + "/v1/metadata");

        assertThat(reply.status()).isEqualTo(401);
    }

    @Test
    void a13IgnoresATokenInTheQueryAndInACookie() {
        Reply reply = api.anonymous()
                .header("Cookie", "x-token=" + ApiExtension.TOKEN)
                .get(api.endpoint() + "/v1/metadata?x-token=" + ApiExtension.TOKEN);

        assertThat(reply.status()).isEqualTo(401);
    }

    @Test
    void tellsItsVersionAndWhetherItProvisions() {
        Reply reply = api.http().get(api.endpoint() + "/v1/metadata");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("keptnversion").asText()).isNotBlank();
        assertThat(reply.json().get("automaticprovisioning").asBoolean(true)).isFalse();
    }

    @Test
    void looksUpThePathBeforeTheTokenInTheApiService() {
        Reply reply = api.anonymous().get(api.endpoint() + "/v1/nothing");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("code").asInt()).isEqualTo(404);
    }

    @Test
    void asksForTheTokenBeforeThePathInTheOtherCollections() {
        assertThat(api.anonymous()
                        .get(api.endpoint() + "/controlPlane/v1/nothing")
                        .status())
                .isEqualTo(401);
        assertThat(api.http().get(api.endpoint() + "/controlPlane/v1/nothing").status())
                .isEqualTo(404);
    }

    @Test
    void answersAWrongMethodAsTheCollectionDoes() {
        Reply reply = api.http().delete(api.endpoint() + "/v1/metadata");

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).contains("GET");
    }

    @Test
    void a22ShowsMetricsOnTheManagementPortAlone() {
        assertThat(api.anonymous().get(api.managementUrl() + "/metrics").text()).contains("keptn_http_requests");
        assertThat(api.anonymous().get(api.endpoint() + "/metrics").status()).isEqualTo(404);
    }
}
