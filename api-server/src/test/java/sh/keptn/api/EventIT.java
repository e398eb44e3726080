package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.api.HttpCalls.Reply;

/** Events through the door: posted, kept, found. */
class EventIT {
    @RegisterExtension
    static final StoreExtension store = new StoreExtension();

    @RegisterExtension
    static final ApiExtension api = new ApiExtension().with("MONGODB_URI", store.uri());

    private final String project = "p" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void findsAPostedEventByItsContext() {
        // given
        String context = post(event("x", "{\"a.b\":{\"$c\":1.10}}"))
                .json()
                .get("keptnContext")
                .asText();
        // when
        JsonNode found = find("keptnContext=" + context);
        // then
        assertThat(found.get("events")).hasSize(1);
        JsonNode event = found.get("events").get(0);
        assertThat(event.get("shkeptncontext").asText()).isEqualTo(context);
        assertThat(event.get("specversion").asText()).isEqualTo("1.0");
        assertThat(event.get("contenttype").asText()).isEqualTo("application/json");
        assertThat(event.get("data").get("more").toString()).isEqualTo("{\"a.b\":{\"$c\":1.1}}");
        assertThat(found.get("pageSize").asInt()).isEqualTo(20);
        assertThat(found.get("totalCount").asInt()).isEqualTo(1);
        assertThat(found.has("nextPageKey")).isFalse();
    }

    @Test
    void setsIdAndTimeItself() {
        // given
        String body =
                "{\"id\":\"mine\",\"time\":\"0001-01-01T00:00:00Z\",\"type\":\"t\",\"source\":\"%%%\",\"shkeptnversion\":\"1\","
                        + "\"custom\":1,\"triggeredid\":\"t-1\",\"gitcommitid\":\"c-1\",\"extensions\":{\"e\":1},\"data\":{\"project\":\""
                        + project + "\"}}";
        // when
        post(body);
        // then
        JsonNode event = find("project=" + project).get("events").get(0);
        assertThat(UUID.fromString(event.get("id").asText()).version()).isEqualTo(4);
        assertThat(event.get("time").asText()).startsWith("2").hasSize("2026-01-02T03:04:05.678Z".length());
        assertThat(event.get("source").asText()).isEqualTo("https://github.com/keptn/keptn/api");
        assertThat(event.get("triggeredid").asText()).isEqualTo("t-1");
        assertThat(event.get("gitcommitid").asText()).isEqualTo("c-1");
        assertThat(event.get("extensions").toString()).isEqualTo("{\"e\":1}");
        assertThat(event.has("custom")).isFalse();
        assertThat(event.has("shkeptnversion")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abc | 61626320-2020-4020-a020-202020202020",
                "A0000000-0000-4000-8000-00000000000F | A0000000-0000-4000-8000-00000000000F",
            })
    void keepsOrDerivesTheContext(String sent, String kept) {
        // when
        Reply reply = post("{\"type\":\"t\",\"source\":\"s\",\"shkeptncontext\":\"" + sent + "\",\"data\":{}}");
        // then
        assertThat(reply.json().get("keptnContext").asText()).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | 422 | 602 | data",
                "{\"data\":{}} | 422 | 602 | source",
                "{\"data\":{},\"source\":\"s\"} | 422 | 602 | type",
                "{\"data\":null,\"source\":\"s\",\"type\":\"t\"} | 422 | 602 | data",
                "{\"data\":{},\"source\":\"s\",\"type\":\"\"} | 400 | 400 | type",
                "{\"data\":{},\"source\":\"s\",\"type\":5} | 400 | 400 | type",
                "{\"data\":{},\"source\":\"s\",\"type\":\"t\",\"time\":\"soon\"} | 400 | 400 | time",
                "[] | 400 | 400 | object",
                "{ | 400 | 400 | JSON",
                "`` | 400 | 400 | empty",
            })
    void r28RefusesWhatIsNoEvent(String body, int status, int code, String word) {
        // when
        Reply reply = post(body);
        // then
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().get("code").asInt()).isEqualTo(code);
        assertThat(reply.json().get("message").asText()).contains(word);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"time\":\"9999-12-31T23:59:59Z\"",
                "\"time\":\"\"",
                "\"id\":\"00000000000000000000000000000000000000000000000000000000000\"",
                "\"shkeptncontext\":\"\"",
                "\"extensions\":null",
                "\"triggeredid\":null"
            })
    void r28AcceptsWhatKeptnAccepts(String attribute) {
        // when
        Reply reply = post("{\"type\":\"a" + ".b".repeat(200) + "\",\"source\":\"s\",\"data\":0," + attribute + "}");
        // then
        assertThat(reply.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"text/plain, 415", "application/cloudevents+json, 200", "application/json; charset=utf-8, 200"})
    void takesJsonAlone(String type, int status) {
        // when
        Reply reply = api.http().call("POST", events(), BodyPublishers.ofString(event("x", "1")), Optional.of(type));
        // then
        assertThat(reply.status()).isEqualTo(status);
    }

    @Test
    void r29AnswersTheFirstContextWhenTheSameEventComesAgain() {
        // given
        String body = "{\"id\":\"" + UUID.randomUUID() + "\",\"source\":\"s\",\"type\":\"t\",\"data\":{\"project\":\""
                + project + "\"}}";
        String first = post(body).text();
        // when
        Reply again = post(body.replace(",", " ,\n"));
        // then
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(first);
        assertThat(find("project=" + project).get("events")).hasSize(1);
    }

    @Test
    void keepsEqualEventsThatNameNoId() {
        // given
        post(event("x", "1"));
        // when
        post(event("x", "1"));
        // then
        assertThat(find("project=" + project).get("events")).hasSize(2);
    }

    @Test
    void knowsASendingByItsIdempotencyKey() {
        // given
        HttpCalls keyed = api.http().header("Idempotency-Key", UUID.randomUUID().toString());
        Reply first = keyed.post(events(), event("x", "1"));
        // when
        Reply again = keyed.post(events(), event("x", "1"));
        Reply other = keyed.post(events(), event("x", "2"));
        // then
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(other.status()).isEqualTo(422);
        assertThat(find("project=" + project).get("events")).hasSize(1);
    }

    @Test
    void r20WalksThePagesByTheirKeys() {
        // given
        for (int n = 0; n < 7; n++) {
            post(event("t" + n, "1"));
        }
        // when
        List<String> types = new ArrayList<>();
        String key = "";
        do {
            JsonNode page = find("project=" + project + "&pageSize=3&nextPageKey=" + key);
            page.get("events").forEach(event -> types.add(event.get("type").asText()));
            post(event("later", "1"));
            key = page.path("nextPageKey").asText("");
        } while (!key.isEmpty());
        // then
        assertThat(types).containsExactly("t6", "t5", "t4", "t3", "t2", "t1", "t0");
    }

    @ParameterizedTest
    @CsvSource({
        "event?pageSize=0, 422, 609",
        "event?pageSize=-5, 422, 609",
        "event?pageSize=101, 422, 608",
        "event?pageSize=1000000000, 422, 608",
        "event?pageSize=abc, 422, 601",
        "event?nextPageKey=-3, 400, 400",
        "event?nextPageKey=abc, 400, 400",
        "event?nextPageKey=999999, 200, 0",
        "event?fromTime=yesterday, 400, 400",
        "event?fromTime=0001-01-01T00:00:00.000Z, 200, 0",
        "event?fromTime=2026-01-01T00:00:00+01:00, 200, 0",
        "event?project=nobody, 200, 0",
        "event/type/t, 422, 602",
        "event/type/t?filter=data.stage:dev, 400, 400",
        "event/type/t?filter=data.project:p%20AND%20$where:1, 400, 400",
        "event/type/t?filter=data.project:p%20AND%20data.labels.x:1, 400, 400",
        "event/type/t?filter=data.project, 400, 400",
        "event/type/t?filter=data.project:p&limit=101, 422, 608",
        "event/type/t?filter=data.project:p&limit=x, 422, 601",
        "event/type/t?filter=data.project:p&excludeInvalidated=garbage, 200, 0",
    })
    void r19AndR31AnswerEveryOddQuestionAsKeptnDoes(String path, int status, int code) {
        // when
        Reply reply = api.http().get(api.endpoint() + "/mongodb-datastore/" + path);
        // then
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().path("code").asInt()).isEqualTo(code);
    }

    @Test
    void findsByTypeAndFilter() {
        // given
        String type = "sh.keptn.event.evaluation.finished";
        String data = "{\"project\":\"" + project + "\",\"stage\":\"dev\",\"result\":\"%s\"}";
        for (String result : List.of("pass", "warning", "fail")) {
            post("{\"type\":\"" + type + "\",\"source\":\"s\",\"triggeredid\":\"t-" + result + "\",\"data\":"
                    + String.format(data, result) + "}");
        }
        post(
                "{\"type\":\"sh.keptn.event.evaluation.invalidated\",\"source\":\"s\",\"triggeredid\":\"t-warning\",\"data\":"
                        + String.format(data, "") + "}");
        String filter = encode("data.project:" + project + " AND data.result:pass,warning");
        // when
        JsonNode all = api.http()
                .get(api.endpoint() + "/mongodb-datastore/event/type/" + type + "?filter=" + filter)
                .json();
        JsonNode valid = api.http()
                .get(api.endpoint() + "/mongodb-datastore/event/type/" + type + "?excludeInvalidated=true&filter="
                        + filter)
                .json();
        // then
        assertThat(all.get("events")).hasSize(2);
        assertThat(valid.get("events")).hasSize(1);
        assertThat(valid.get("events").get(0).get("data").get("result").asText())
                .isEqualTo("pass");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, event",
        "PUT, event",
        "PATCH, event",
        "DELETE, event",
        "GET, health",
    })
    void keepsInternalPathsFromEverybody(String method, String path) {
        // when
        Reply reply = api.anonymous()
                .call(method, api.endpoint() + "/mongodb-datastore/" + path, BodyPublishers.noBody(), Optional.empty());
        // then
        assertThat(reply.status()).isEqualTo(403);
    }

    @Test
    void findsEventsAfterARestart() throws IOException {
        // given
        String context = post(event("x", "1")).json().get("keptnContext").asText();
        // when
        api.stop();
        api.start();
        // then
        assertThat(find("keptnContext=" + context).get("events")).hasSize(1);
    }

    private String event(String type, String more) {
        return "{\"type\":\"" + type + "\",\"source\":\"https://example.com\",\"data\":{\"project\":\"" + project
                + "\",\"more\":" + more + "}}";
    }

    private static Reply post(String body) {
        return api.http().post(events(), body);
    }

    private static JsonNode find(String query) {
        Reply reply = api.http().get(api.endpoint() + "/mongodb-datastore/event?" + query);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json();
    }

    private static String events() {
        return api.endpoint() + "/v1/event";
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
