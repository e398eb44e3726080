package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sh.keptn.api.HttpCalls.Reply;

/** Sequences, evaluations and the controller's own events through the door. */
class SequenceIT {
    @RegisterExtension
    static final StoreExtension store = new StoreExtension();

    @RegisterExtension
    static final ApiExtension api = new ApiExtension().with("MONGODB_URI", store.uri());

    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static GivenProject project;

    @BeforeAll
    static void aProject() {
        project = GivenProject.in(api);
        GivenService.carts(api, project);
    }

    @ParameterizedTest
    @CsvSource({
        "sequence/nobody, 200",
        "sequence/nobody?name=x&state=started&keptnContext=a;b&pageSize=5&nextPageKey=3, 200",
        "sequence/nobody?pageSize=-5, 200",
        "sequence/nobody?fromTime=2026-01-01T00:00:00.000Z&beforeTime=2027-01-01T00:00:00.000Z, 200",
        "sequence/nobody?pageSize=abc, 400",
        "sequence/nobody?nextPageKey=abc, 400",
        "sequence/nobody?fromTime=yesterday, 400",
        "sequence-execution, 400",
        "sequence-execution?project=nobody, 404",
        "sequence-execution?project=nobody&pageSize=x, 400",
    })
    void answersEveryQuestionAboutRunsAsKeptnDoes(String path, int status) {
        // when
        Reply reply = api.http().get(controlPlane() + path);
        // then
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        if (status == 200) {
            assertThat(reply.text()).isEqualTo("{\"states\":[]}");
        }
    }

    @Test
    void listsNoExecutionsOfAProject() {
        // when
        Reply reply = api.http().get(controlPlane() + "sequence-execution?project=" + project.name() + "&stage=dev");
        // then
        assertThat(reply.toString()).isEqualTo("200 {\"sequenceExecutions\":[]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"state\":\"pause\"} | 200",
                "{\"state\":\"abort\",\"stage\":\"\"} | 200",
                "{\"state\":\"dance\",\"stage\":\"moon\"} | 200",
                "{} | 400",
                "{\"state\":\"\"} | 400",
                "{\"state\":5} | 400",
                "[] | 400",
                "`` | 400",
            })
    void controlsWhateverIsNamed(String body, int status) {
        // when
        Reply reply = api.http().post(controlPlane() + "sequence/nobody/" + UUID.randomUUID() + "/control", body);
        // then
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.text().equals("{}")).isEqualTo(status == 200);
    }

    @Test
    void keepsTheEventOfAnEvaluation() {
        // given
        String body = "{\"start\":\"2026-01-01T10:00:00\",\"timeframe\":\"1h\",\"labels\":{\"build\":\"7\"},"
                + "\"gitcommitid\":\"c-1\"}";
        // when
        Reply reply = api.http().post(evaluation("dev", "carts"), body);
        // then
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        JsonNode events =
                events("keptnContext=" + reply.json().get("keptnContext").asText());
        assertThat(events).hasSize(1);
        JsonNode event = events.get(0);
        assertThat(event.get("type").asText()).isEqualTo("sh.keptn.event.dev.evaluation.triggered");
        assertThat(event.get("source").asText()).isEqualTo("https://github.com/keptn/keptn/api");
        assertThat(event.get("gitcommitid").asText()).isEqualTo("c-1");
        assertThat(event.get("data").toString())
                .isEqualTo(
                        "{\"project\":\"" + project.name()
                                + "\",\"stage\":\"dev\",\"service\":\"carts\",\"labels\":{\"build\":\"7\"},"
                                + "\"evaluation\":{\"start\":\"2026-01-01T10:00:00.000Z\",\"end\":\"2026-01-01T11:00:00.000Z\"}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dev | carts | {} | 200 | 0",
                "dev | carts | `` | 400 | 400",
                "dev | carts | {\"labels\":{\"a\":1}} | 400 | 400",
                "dev | carts | {\"start\":\"2026-01-01T10:00:00Z\"} | 400 | 400",
                "dev | carts | {\"timeframe\":\"5m\",\"end\":\"2026-01-01T10:00:00Z\"} | 400 | 400",
                "dev | carts | {\"timeframe\":\"30s\"} | 400 | 0",
                "dev | carts | {\"timeframe\":\"soon\"} | 400 | 0",
                "dev | nobody | {} | 400 | 2",
                "moon | carts | {} | 400 | 2",
                "DEV | carts | {} | 400 | 2",
            })
    void refusesAnEvaluationWithKeptnsCodes(String stage, String service, String body, int status, int code) {
        // when
        Reply reply = api.http().post(evaluation(stage, service), body);
        // then
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.json().path("code").asInt()).as(reply.toString()).isEqualTo(code);
        assertThat(reply.json().has("code")).isEqualTo(code != 0);
    }

    @Test
    void keepsWhatWouldStartARunAmongTheEvents() {
        // given
        String type = "sh.keptn.event.dev.delivery.triggered";
        String event = "{\"id\":\"" + UUID.randomUUID() + "\",\"source\":\"s\",\"time\":\"2026-01-01T10:00:00Z\","
                + "\"type\":\"" + type + "\",\"data\":{\"project\":\"" + project.name() + "\"}}";
        // when
        Reply first = api.http().post(controlPlane() + "event", event);
        Reply again = api.http().post(controlPlane() + "event", event);
        // then
        assertThat(first.toString()).isEqualTo("200 ");
        assertThat(again.toString()).isEqualTo("200 ");
        assertThat(events("project=" + project.name() + "&type=" + type)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"id", "source", "type", "time", "data"})
    void wantsEveryAttributeOfAnEventForTheController(String missing) {
        // given
        String event = "{\"id\":\"i\",\"source\":\"s\",\"type\":\"t\",\"time\":\"2026-01-01T10:00:00Z\",\"data\":{}}";
        // when
        Reply reply = api.http().post(controlPlane() + "event", event.replace("\"" + missing + "\":", "\"x\":"));
        // then
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().get("message").asText()).contains(missing);
    }

    private static JsonNode events(String query) {
        return api.http()
                .get(api.endpoint() + "/mongodb-datastore/event?" + query)
                .json()
                .get("events");
    }

    private static String evaluation(String stage, String service) {
        return controlPlane() + "project/" + project.name() + "/stage/" + stage + "/service/" + service + "/evaluation";
    }

    private static String controlPlane() {
        return api.endpoint() + "/controlPlane/v1/";
    }
}
