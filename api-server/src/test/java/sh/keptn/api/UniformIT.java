package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sh.keptn.api.HttpCalls.Reply;

/** Registrations, subscriptions and logs through the door. */
class UniformIT {
    @RegisterExtension
    static final StoreExtension store = new StoreExtension();

    @RegisterExtension
    static final ApiExtension api = new ApiExtension().with("MONGODB_URI", store.uri());

    private static final String WANTED =
            "{\"id\":\"mine\",\"event\":\"sh.keptn.event.test.triggered\",\"filter\":{\"projects\":[\"p\"],\"stages\":[\"dev\"]}}";

    private final String name = "i" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void registersOnceAndKeepsTheSubscriptions() {
        // given
        Reply first = register(integration("node", "1.0", WANTED));
        // when
        Reply second = register(integration("other-node", "2.0", ""));
        // then
        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(200);
        assertThat(id(second)).isEqualTo(id(first)).matches("[0-9a-f]{40}");
        JsonNode found = api.http().get(registrations() + "?name=" + name).json();
        assertThat(found).hasSize(1);
        JsonNode integration = found.get(0);
        assertThat(integration.at("/metadata/integrationversion").asText()).isEqualTo("2.0");
        assertThat(integration.at("/metadata/hostname").asText()).isEqualTo("node");
        assertThat(integration.at("/metadata/kubernetesmetadata/namespace").asText())
                .isEqualTo("keptn");
        assertThat(integration.at("/subscriptions/0/id").asText()).hasSize(36).isNotEqualTo("mine");
        assertThat(integration.at("/subscriptions/0/filter/services").toString())
                .isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource({
        "name, 1",
        "id, 1",
        "namespace, 1",
        "hostname, 1",
        "project, 1",
        "stage, 1",
        "service, 0",
    })
    void findsByEachParameter(String parameter, int found) {
        // given
        String own = name;
        String wanted = WANTED.replace("[\"p\"]", "[\"" + own + "\"]");
        String id = id(register(integration("node", "1.0", wanted)));
        String value = switch (parameter) {
            case "id" -> id;
            case "namespace" -> "keptn";
            case "hostname" -> "node";
            case "stage", "service" -> "dev";
            default -> own;
        };
        // when
        JsonNode all = api.http()
                .get(registrations() + "?name=" + name + "&" + parameter + "=" + value)
                .json();
        // then
        assertThat(all).hasSize(found);
    }

    @Test
    void walksThroughTheLifeOfASubscription() {
        // given
        String one = registrations() + "/" + id(register(integration("node", "1.0", "")));
        assertThat(api.http().get(one + "/subscription").text()).isEqualTo("null");
        // when
        Reply created = api.http().post(one + "/subscription", WANTED);
        String sid = id(created);
        Reply replaced = api.http()
                .put(one + "/subscription/" + sid, "{\"event\":\"sh.keptn.>\",\"filter\":{\"projects\":null}}");
        Reply put = api.http().put(one + "/subscription/my-own", "{}");
        // then
        assertThat(created.status()).isEqualTo(201);
        assertThat(sid).hasSize(36);
        assertThat(replaced.status()).isEqualTo(201);
        assertThat(id(replaced)).isEqualTo(sid);
        assertThat(put.status()).isEqualTo(201);
        assertThat(api.http().get(one + "/subscription").json()).hasSize(2);
        JsonNode shown = api.http().get(one + "/subscription/" + sid).json();
        assertThat(shown.get("event").asText()).isEqualTo("sh.keptn.>");
        assertThat(shown.at("/filter/projects")).isEmpty();
        assertThat(api.http().put(one + "/ping", "").json().get("subscriptions"))
                .hasSize(2);
        assertThat(api.http().delete(one + "/subscription/" + sid).text()).isEqualTo("{}");
        assertThat(api.http().delete(one + "/subscription/" + sid).status()).isEqualTo(200);
        assertThat(api.http().get(one + "/subscription/" + sid).status()).isEqualTo(404);
        assertThat(api.http().delete(one).text()).isEqualTo("{}");
        assertThat(api.http().delete(one).status()).isEqualTo(200);
    }

    @Test
    void answers404ForAnIntegrationThatIsNotThere() {
        // given
        String one = registrations() + "/none";
        // when, then
        assertThat(api.http().put(one + "/ping", "").status()).isEqualTo(404);
        assertThat(api.http().get(one + "/subscription").status()).isEqualTo(404);
        assertThat(api.http().post(one + "/subscription", WANTED).status()).isEqualTo(404);
        assertThat(api.http().get(one + "/subscription/s").status()).isEqualTo(404);
        assertThat(api.http().put(one + "/subscription/s", WANTED).status()).isEqualTo(404);
        assertThat(api.http().delete(one + "/subscription/s").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | name",
                "{\"name\":\"n\"} | metadata.hostname",
                "{\"name\":\"n\",\"metadata\":{\"hostname\":\"h\"}} | metadata.kubernetesmetadata.namespace",
                "{\"name\":\"n\",\"metadata\":5} | metadata",
                "{\"name\":5} | name",
                "[] | body",
                "`` | body",
            })
    void refusesWhoDoesNotIntroduceHimself(String body, String word) {
        // when
        Reply reply = register(body);
        // then
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().get("message").asText()).contains(word);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"event\":\"e\",\"filter\":{\"projects\":[\"p\"],\"stages\":[\"dev\"],\"services\":[\"s\"]}} | 201",
                "{\"event\":\"e\",\"filter\":{\"projects\":[\"p\"]}} | 201",
                "{\"event\":\"\",\"filter\":{\"projects\":[\"p\"]}} | 400",
                "{\"event\":\"e\",\"filter\":{\"projects\":[]}} | 400",
                "{\"event\":\"e\",\"filter\":{\"projects\":[\"p\",\"q\"]}} | 400",
                "{\"event\":\"e\",\"filter\":{\"projects\":[\"p\"],\"services\":[\"s\"]}} | 400",
                "{\"event\":\"e\"} | 400",
            })
    void asksMoreOfTheWebhookService(String subscription, int status) {
        // given
        String body = integration("node", "1.0", "").replace(name, "webhook-service");
        String one = registrations() + "/" + id(register(body));
        // when
        Reply posted = api.http().post(one + "/subscription", subscription);
        Reply put = api.http().put(one + "/subscription/s", subscription);
        // then
        assertThat(posted.status()).as(posted.toString()).isEqualTo(status);
        assertThat(put.status()).as(put.toString()).isEqualTo(status);
    }

    @Test
    void showsLogsNewestFirstPageByPage() {
        // given
        String entry = "{\"integrationid\":\"" + name + "\",\"message\":\"m%s\",\"time\":\"%s\"}";
        String logs = "{\"logs\":["
                + String.join(
                        ",",
                        entry.formatted(1, "2026-01-01T00:00:01Z"),
                        entry.formatted(3, "2026-01-01T00:00:03Z"),
                        entry.formatted(2, "2026-01-01T00:00:02Z"),
                        entry.formatted(4, "0001-01-01T00:00:00Z"))
                + "]}";
        assertThat(api.http().post(log(), logs).text()).isEqualTo("{}");
        String own = log() + "?integrationId=" + name;
        // when
        JsonNode all = api.http().get(own).json();
        JsonNode first = api.http().get(own + "&pageSize=3").json();
        JsonNode second = api.http()
                .get(own + "&pageSize=3&nextPageKey=" + first.get("nextPageKey").asText())
                .json();
        JsonNode between = api.http()
                .get(own + "&fromTime=2026-01-01T00:00:02.000Z&beforeTime=2026-01-01T00:00:03.000Z&pageSize=-1")
                .json();
        // then
        assertThat(all.get("logs"))
                .extracting(one -> one.get("message").asText())
                .containsExactly("m4", "m3", "m2", "m1");
        assertThat(all.has("nextPageKey")).isFalse();
        assertThat(all.get("totalCount").asInt()).isEqualTo(4);
        assertThat(all.at("/logs/0/time").asText()).doesNotStartWith("0001");
        assertThat(all.at("/logs/0/gitcommitid").asText("missing")).isEmpty();
        assertThat(first.get("nextPageKey").isInt()).isTrue();
        assertThat(second.get("logs")).hasSize(1);
        assertThat(second.has("nextPageKey")).isFalse();
        assertThat(between.get("logs")).hasSize(2);
        assertThat(api.http().get(log() + "?integrationId=none").text()).isEqualTo("{\"logs\":[]}");
    }

    @ParameterizedTest
    @CsvSource({"pageSize=x", "nextPageKey=x", "nextPageKey=-1", "fromTime=yesterday", "beforeTime=x"})
    void refusesWrongLogParameters(String query) {
        // when
        Reply reply = api.http().get(log() + "?" + query);
        // then
        assertThat(reply.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{}", "{\"logs\":[]}", "{\"logs\":[null]}", "{\"logs\":[{\"time\":\"x\"}]}", "[]"})
    void refusesWhatIsNoLog(String body) {
        // when
        Reply reply = api.http().post(log(), body);
        // then
        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void keepsTheRemovalOfLogsInside() {
        // when
        Reply reply = api.anonymous().delete(log());
        // then
        assertThat(reply.status()).isEqualTo(403);
    }

    private Reply register(String body) {
        return api.http().post(registrations(), body);
    }

    private String integration(String node, String version, String subscription) {
        return "{\"id\":\"mine\",\"name\":\"" + name + "\",\"metadata\":{\"hostname\":\"" + node
                + "\",\"integrationversion\":\"" + version
                + "\",\"distributorversion\":\"1.4.5\",\"location\":\"control-plane\","
                + "\"kubernetesmetadata\":{\"namespace\":\"keptn\",\"podname\":\"p\",\"deploymentname\":\"d\"}},"
                + "\"subscriptions\":[" + subscription + "]}";
    }

    private static String id(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isLessThan(300);
        return reply.json().get("id").asText();
    }

    private static String registrations() {
        return api.endpoint() + "/controlPlane/v1/uniform/registration";
    }

    private static String log() {
        return api.endpoint() + "/controlPlane/v1/log";
    }
}
