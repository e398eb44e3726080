package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.api.HttpCalls.Reply;

/** Statistics through the door, from two servers over one store. */
class StatisticsIT {
    private static final String STARTED = "sh.keptn.event.deployment.started";

    private static final String DELIVERY = "sh.keptn.event.dev.delivery";

    @RegisterExtension
    static final StoreExtension store = new StoreExtension();

    @RegisterExtension
    static final ApiExtension api = new ApiExtension().with("MONGODB_URI", store.uri());

    @RegisterExtension
    static final ApiExtension other = new ApiExtension().with("MONGODB_URI", store.uri());

    @RegisterExtension
    static final ApiExtension without = new ApiExtension();

    private final String project = "p" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void countsWhatBothServersKeptInKeptnsShape() {
        // given
        post(api, STARTED, "helm", "carts");
        post(other, STARTED, "helm", "carts");
        post(other, DELIVERY + ".finished", "shipyard-controller", "carts");
        post(api, "x", "https://example.com", "basket");
        post(api, "x", "https://example.com", "");
        // when
        Reply reply = api.http().get(url(api));
        // then
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        String basket = "{\"name\":\"basket\",\"events\":[{\"type\":\"x\",\"count\":1}],\"keptnServiceExecutions\":[]}";
        String events =
                "[{\"type\":\"" + STARTED + "\",\"count\":2},{\"type\":\"" + DELIVERY + ".finished\",\"count\":1}]";
        String executions =
                "[{\"name\":\"helm\",\"executions\":[{\"type\":\"sh.keptn.event.deployment\",\"count\":2}]}]";
        String sequences = "[{\"type\":\"" + DELIVERY + "\",\"count\":1}]";
        String carts = "{\"name\":\"carts\",\"events\":" + events + ",\"keptnServiceExecutions\":" + executions
                + ",\"executedSequencesPerType\":" + sequences + "}";
        assertThat(project(reply))
                .hasToString("{\"name\":\"" + project + "\",\"services\":[" + basket + "," + carts + "]}");
        assertThat(project(other.http().get(url(other)))).isEqualTo(project(reply));
    }

    @Test
    void countsNothingTwiceAfterARestart() throws IOException {
        // given
        post(api, STARTED, "helm", "carts");
        JsonNode before = project(api.http().get(url(api)));
        // when
        api.stop();
        api.start();
        // then
        assertThat(project(api.http().get(url(api)))).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 400",
        "from=1, 400",
        "to=1, 400",
        "from=x&to=1, 400",
        "from=1&to=2026-01-01, 400",
        "from=-1&to=1, 400",
        "from=0&to=999999999999, 400",
        "from=2&to=1, 400",
        "from=1&to=2, 404",
    })
    void refusesInItsOwnWords(String query, int status) {
        // when
        Reply reply = api.http().get(api.endpoint() + "/statistics/v1/statistics?" + query);
        // then
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.json().get("errorCode").asInt()).isEqualTo(status);
        assertThat(reply.json().get("message").asText()).isNotBlank();
        assertThat(reply.json().has("code")).isFalse();
    }

    @Test
    void saysThatThereIsNoStore() {
        // when
        Reply reply = without.http().get(url(without));
        // then
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isPresent();
        assertThat(reply.json().get("errorCode").asInt()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE"})
    void keepsTheWayInFromEverybody(String method) {
        // when
        Reply reply = api.http()
                .call(
                        method,
                        api.endpoint() + "/statistics/v1/event",
                        BodyPublishers.ofString("{}"),
                        Optional.of("application/json"));
        // then
        assertThat(reply.status()).isEqualTo(403);
    }

    private JsonNode project(Reply reply) {
        return StreamSupport.stream(reply.json().get("projects").spliterator(), false)
                .filter(one -> one.get("name").asText().equals(project))
                .findFirst()
                .orElseThrow(() -> new AssertionError(reply.toString()));
    }

    private void post(ApiExtension server, String type, String source, String service) {
        String event = "{\"type\":\"" + type + "\",\"source\":\"" + source + "\",\"data\":{\"project\":\"" + project
                + "\",\"service\":\"" + service + "\"}}";
        Reply reply = server.http().post(server.endpoint() + "/v1/event", event);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    }

    private static String url(ApiExtension server) {
        long now = Instant.now().getEpochSecond();
        return server.endpoint() + "/statistics/v1/statistics?from=" + (now - 3_600) + "&to=" + (now + 3_600);
    }
}
