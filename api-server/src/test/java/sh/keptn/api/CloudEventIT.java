package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sh.keptn.api.HttpCalls.Reply;

/** The three modes of CloudEvents through the door, with Keptn's strict check on. */
class CloudEventIT {
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String STARTED = "sh.keptn.event.test.started";

    @RegisterExtension
    static final StoreExtension store = new StoreExtension();

    @RegisterExtension
    static final ApiExtension api = new ApiExtension()
            .with("MONGODB_URI", store.uri())
            .with("KEPTN_EVENT_VALIDATION", "true")
            .with("KEPTN_MAX_EVENT_SIZE", "2Ki");

    private final String project = "p" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void readsAttributesFromHeadersAndDataFromTheBody() {
        // given
        HttpCalls calls = binary(UUID.randomUUID().toString())
                .header("ce-source", "https://example.com")
                .header("ce-time", "0001-01-01T00:00:00Z")
                .header("ce-subject", "dropped")
                .header("ce-shkeptncontext", "abc")
                .header("ce-triggeredid", "t-1")
                .header("ce-gitcommitid", "c%201+");
        // when
        Reply reply = calls.post(url(), data("1.10"));
        // then
        assertThat(reply.toString()).isEqualTo("200 {\"keptnContext\":\"61626320-2020-4020-a020-202020202020\"}");
        JsonNode event = events().get(0);
        assertThat(event.get("type").asText()).isEqualTo(STARTED);
        assertThat(event.get("triggeredid").asText()).isEqualTo("t-1");
        assertThat(event.get("gitcommitid").asText()).isEqualTo("c 1+");
        assertThat(event.get("time").asText()).startsWith("2");
        assertThat(event.get("data").toString()).isEqualTo(data("1.1"));
    }

    @Test
    void knowsABinaryEventThatComesAgain() {
        // given
        HttpCalls calls =
                binary(UUID.randomUUID().toString()).header("ce-source", "s").header("ce-triggeredid", "t-1");
        String first = calls.post(url(), data("1")).text();
        // when
        Reply again = calls.post(url(), data("1"));
        // then
        assertThat(again.text()).isEqualTo(first);
        assertThat(events()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, ce-x, x, 400, source",
        "text/plain, ce-source, s, 415, Content-Type",
        "application/json, ce-source, %zz, 400, ce-source",
        "application/json, ce-source, s, 400, triggeredid",
        "application/cloudevents+xml, ce-source, s, 415, Content-Type",
    })
    void refusesHeadersThatMakeNoEvent(String type, String header, String value, int status, String word) {
        // given
        HttpCalls calls = binary("i").header(header, value);
        // when
        Reply reply = calls.call("POST", url(), BodyPublishers.ofString(data("1")), Optional.of(type));
        // then
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.json().get("message").asText()).contains(word);
        assertThat(events()).isEmpty();
    }

    @Test
    void wantsDataInTheBody() {
        // when
        Reply reply = binary("i").header("ce-source", "s").post(url(), "");
        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().get("code").asInt()).isEqualTo(602);
    }

    @Test
    void answersABatchInItsOrder() {
        // given
        List<String> contexts =
                List.of(UUID.randomUUID().toString(), UUID.randomUUID().toString());
        String body = "[" + event("1.0", contexts.get(0), "t-1") + "," + event("1.0", contexts.get(1), "t-2") + "]";
        // when
        Reply reply = batch(body);
        // then
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        List<String> answered = new ArrayList<>();
        reply.json().forEach(one -> answered.add(one.get("keptnContext").asText()));
        assertThat(answered).isEqualTo(contexts);
        assertThat(events()).hasSize(2);
    }

    @Test
    void keepsABatchOnceThatComesTwice() {
        // given
        String body = "[" + event("1.0", "a", "t-1") + "," + event("1.0", "b", "t-2") + "]";
        String first = batch(body).text();
        // when
        Reply again = batch(body);
        // then
        assertThat(again.text()).isEqualTo(first);
        assertThat(events()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "%s,{\"specversion\":\"1.0\"} | 400 | body[1]",
                "%s,5 | 400 | body[1]",
                "%s,{\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"s\",\"type\":\"t\",\"time\":\"soon\"} | 400 |"
                        + " body[1]",
                "%s,{\"specversion\":\"9\",\"id\":\"i\",\"source\":\"s\",\"type\":\"t\",\"data\":{}} | 400 | body[1]",
                "%s,{\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"s\",\"type\":\"t\"} | 422 | data in body[1]",
                "%s,{\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"s\",\"type\":\"t\",\"data\":{}} | 400 | type",
            })
    void keepsNothingOfABatchWithOneBadEvent(String rest, int status, String word) {
        // given
        String body = "[" + rest.replace("%s", event("1.0", "a", "t-1")) + "]";
        // when
        Reply reply = batch(body);
        // then
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.json().get("message").asText()).contains(word);
        assertThat(events()).isEmpty();
    }

    @Test
    void takesAnEmptyBatchAndNoneThatIsTooLong() {
        // given
        String many = "[" + "{},".repeat(100) + "{}]";
        // when
        Reply none = batch("[]");
        Reply tooMany = batch(many);
        // then
        assertThat(none.toString()).isEqualTo("200 []");
        assertThat(tooMany.status()).isEqualTo(400);
    }

    @Test
    void refusesAnEventOfABatchThatIsTooLarge() {
        // given
        String large = event("1.0", "a".repeat(3_000), "t-1");
        // when
        Reply reply = batch("[" + large + "]");
        // then
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().get("message").asText()).contains("2048");
    }

    @Test
    void readsDataInBase64() {
        // given
        String data = Base64.getEncoder().encodeToString(data("1").getBytes(StandardCharsets.UTF_8));
        String body = "{\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"s\",\"type\":\"" + STARTED
                + "\",\"triggeredid\":\"t\",\"data_base64\":\"" + data + "\"}";
        // when
        Reply reply = api.http()
                .call("POST", url(), BodyPublishers.ofString(body), Optional.of("application/cloudevents+json"));
        // then
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(events().get(0).get("data").toString()).isEqualTo(data("1"));
    }

    private static HttpCalls binary(String id) {
        return api.http().header("ce-specversion", "1.0").header("ce-id", id).header("ce-type", STARTED);
    }

    private String data(String number) {
        return "{\"project\":\"" + project + "\",\"stage\":\"dev\",\"service\":\"s\",\"n\":" + number + "}";
    }

    private String event(String version, String context, String triggered) {
        return "{\"specversion\":\"" + version + "\",\"id\":\""
                + UUID.nameUUIDFromBytes((project + triggered).getBytes(StandardCharsets.UTF_8))
                + "\",\"source\":\"https://example.com\",\"type\":\"" + STARTED + "\",\"shkeptncontext\":\"" + context
                + "\",\"triggeredid\":\"" + triggered + "\",\"data\":" + data("1") + "}";
    }

    private static Reply batch(String body) {
        return api.http().call("POST", url(), BodyPublishers.ofString(body), Optional.of(BATCH));
    }

    private JsonNode events() {
        return api.http()
                .get(api.endpoint() + "/mongodb-datastore/event?project=" + project)
                .json()
                .get("events");
    }

    private static String url() {
        return api.endpoint() + "/v1/event";
    }
}
