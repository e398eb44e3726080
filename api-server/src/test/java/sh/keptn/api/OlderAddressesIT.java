package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.api.HttpCalls.Reply;
import sh.keptn.local.git.Provisioned;

/** The addresses that Keptn's documentation named before controlPlane and resource-service. */
class OlderAddressesIT {
    @RegisterExtension
    static final StoreExtension store = new StoreExtension();

    @RegisterExtension
    static final ApiExtension api =
            new ApiExtension().with("MONGODB_URI", store.uri()).withOperator();

    private static final String NAME = "p" + UUID.randomUUID().toString().substring(0, 8);
    private static @Nullable Provisioned given;
    private static String created = "";

    @BeforeAll
    static void makeAProjectAtItsOlderAddress() {
        Provisioned upstream = api.git().provision(NAME, api.namespace());
        given = upstream;
        String shipyard = Base64.getEncoder().encodeToString(GivenProject.SHIPYARD.getBytes(StandardCharsets.UTF_8));
        Reply reply = api.http()
                .post(
                        api.endpoint() + "/v1/project",
                        "{\"name\":\"" + NAME + "\",\"shipyard\":\"" + shipyard + "\",\"gitRemoteURL\":\""
                                + upstream.gitRemoteUrl() + "\",\"gitUser\":\"" + upstream.gitUser()
                                + "\",\"gitToken\":\"" + upstream.gitToken() + "\"}");
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        created = reply.json().path("keptnContext").asText();
        Reply service =
                api.http().post(api.endpoint() + "/v1/project/" + NAME + "/service", "{\"serviceName\":\"carts\"}");
        assertThat(service.status()).as(service.toString()).isEqualTo(200);
        assertThat(service.json().path("keptnContext").asText()).hasSize(36);
    }

    @Test
    void findsTheEventOfTheProjectByTheContextThatWasAnswered() {
        // given
        String query = "/v1/event?keptnContext=" + created + "&type=";
        // when
        Awaitility.await("the event is told")
                .until(() -> api.http()
                                .get(api.endpoint() + query + "sh.keptn.event.project.create.finished")
                                .status()
                        == 200);
        JsonNode event = api.http()
                .get(api.endpoint() + query + "sh.keptn.event.project.create.finished")
                .json();
        // then
        assertThat(event.path("shkeptncontext").asText()).isEqualTo(created);
        assertThat(event.at("/data/project").asText()).isEqualTo(NAME);
        assertThat(api.http().get(api.endpoint() + query + "other").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?type=t", "?keptnContext=c"})
    void wantsAContextAndATypeToTellOfAnEvent(String query) {
        // when
        Reply reply = api.http().get(api.endpoint() + "/v1/event" + query);
        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("code").asInt()).isEqualTo(602);
    }

    @Test
    void showsTheSameProjectsWithTheOlderNamesBesides() {
        // when
        JsonNode older = api.http().get(older("/project/" + NAME)).json();
        JsonNode today = api.http()
                .get(api.endpoint() + "/controlPlane/v1/project/" + NAME)
                .json();
        JsonNode all = api.http().get(older("/project?pageSize=50")).json();
        // then
        Provisioned upstream = Objects.requireNonNull(given);
        assertThat(older.path("gitRemoteURI").asText()).isEqualTo(upstream.gitRemoteUrl());
        assertThat(older.path("gitUser").asText()).isEqualTo(upstream.gitUser());
        assertThat(older.toString()).doesNotContain(upstream.gitToken());
        today.properties()
                .forEach(field ->
                        assertThat(older.get(field.getKey())).as(field.getKey()).isEqualTo(field.getValue()));
        assertThat(all.at("/projects/0/projectName").asText()).isEqualTo(NAME);
        assertThat(all.path("totalCount").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/stage",
                "/stage/dev",
                "/stage/dev/service",
                "/stage/dev/service/carts",
                "/stage/dev/service?pageSize=1"
            })
    void showsTheSameStagesAndServices(String path) {
        // when
        Reply older = api.http().get(older("/project/" + NAME + path));
        Reply today = api.http().get(api.endpoint() + "/controlPlane/v1/project/" + NAME + path);
        // then
        assertThat(older.status()).isEqualTo(200);
        assertThat(older.json()).isEqualTo(today.json());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/stage/dev", "/stage/dev/service/carts"})
    void writesAndReadsTheSameFilesWithTheOlderStatuses(String scope) {
        // given
        String base = older("/project/" + NAME + scope + "/resource");
        String today = api.endpoint() + "/resource-service/v1/project/" + NAME + scope + "/resource";
        String list = "{\"resources\":[{\"resourceURI\":\"a/b.txt\",\"resourceContent\":\"eA==\"}]}";
        // when
        Reply post = api.http().post(base, list);
        Reply put = api.http().put(base, list.replace("eA==", "eQ=="));
        Reply item = api.http().put(base + "/a%2Fb.txt", "{\"resourceContent\":\"eg==\"}");
        Reply names = api.http().get(base);
        Reply here = api.http().get(base + "/a%2Fb.txt");
        Reply there = api.http().get(today + "/a%2Fb.txt");
        Reply gone = api.http().delete(base + "/a%2Fb.txt");
        Reply after = api.http().get(today + "/a%2Fb.txt");
        // then
        assertThat(List.of(post, put, item, names, here, there, gone, after))
                .extracting(Reply::status)
                .containsExactly(201, 201, 201, 200, 200, 200, 204, 404);
        assertThat(item.json().path("version").asText())
                .hasSize(40)
                .isEqualTo(item.json().path("commitID").asText());
        assertThat(names.json().toString()).contains("/a/b.txt");
        assertThat(here.json()).isEqualTo(there.json());
        assertThat(here.json().path("resourceContent").asText()).isEqualTo("eg==");
        assertThat(gone.body()).isEmpty();
    }

    @Test
    void refusesAServiceWithAChartRatherThanLoseIt() {
        // when
        Reply reply = api.http()
                .post(
                        api.endpoint() + "/v1/project/" + NAME + "/service",
                        "{\"serviceName\":\"charted\",\"helmChart\":\"eA==\"}");
        // then
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("message").asText()).contains("helm/charted.tgz");
        assertThat(api.http()
                        .get(older("/project/" + NAME + "/stage/dev/service/charted"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void deletesAProject() {
        // given
        String other = NAME + "x";
        Provisioned repository = api.git().provision(other, api.namespace());
        String shipyard = Base64.getEncoder().encodeToString(GivenProject.SHIPYARD.getBytes(StandardCharsets.UTF_8));
        Reply made = api.http()
                .post(
                        api.endpoint() + "/v1/project",
                        "{\"name\":\"" + other + "\",\"shipyard\":\"" + shipyard
                                + "\",\"gitCredentials\":{\"remoteURL\":\"" + repository.gitRemoteUrl()
                                + "\",\"user\":\"" + repository.gitUser() + "\",\"https\":{\"token\":\""
                                + repository.gitToken() + "\"}}}");
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        // when
        Reply deleted = api.http().delete(api.endpoint() + "/v1/project/" + other);
        Reply again = api.http().delete(api.endpoint() + "/v1/project/" + other);
        // then
        assertThat(deleted.status()).as(deleted.toString()).isEqualTo(200);
        assertThat(deleted.json().path("keptnContext").asText()).hasSize(36);
        assertThat(again.status()).isEqualTo(404);
        assertThat(api.http()
                        .get(api.endpoint() + "/controlPlane/v1/project/" + other)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void importsAServiceIntoTheProject() {
        // given
        byte[] zip = GivenZip.of(Map.of(
                "manifest.yaml", """
                        apiVersion: v1beta1
                        tasks:
                          - id: create_service
                            type: api
                            action: keptn-api-v1-create-service
                            payload: api/create-service.json
                            context: {service: imported}
                        """,
                "api/create-service.json", "{\"serviceName\":\"[[ .Context.service ]]\"}"));
        byte[] form = GivenZip.form("configPackage", zip);
        String url = api.endpoint() + "/v1/import?project=" + NAME;
        Optional<String> type = Optional.of("multipart/form-data; boundary=b");
        // when
        Reply first = api.http().call("POST", url, BodyPublishers.ofByteArray(form), type);
        Reply second = api.http().call("POST", url, BodyPublishers.ofByteArray(form), type);
        // then
        assertThat(first.status()).as(first.toString()).isEqualTo(200);
        assertThat(api.http()
                        .get(older("/project/" + NAME + "/stage/dev/service/imported"))
                        .status())
                .isEqualTo(200);
        assertThat(second.status()).isEqualTo(400);
        assertThat(second.json().path("message").asText())
                .startsWith("task create_service: ")
                .contains("already exists");
    }

    @Test
    void importsASubscriptionOfTheWebhookServiceAndWritesItsId() {
        // given
        String registrations = api.endpoint() + "/controlPlane/v1/uniform/registration";
        Reply registered = api.http()
                .post(
                        registrations,
                        "{\"name\":\"webhook-service\",\"metadata\":{\"hostname\":\"node\",\"integrationversion\":\"1\","
                                + "\"distributorversion\":\"1.4.5\",\"location\":\"control-plane\",\"kubernetesmetadata\":"
                                + "{\"namespace\":\"keptn\",\"podname\":\"p\",\"deploymentname\":\"d\"}},\"subscriptions\":[]}");
        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
        byte[] zip = GivenZip.of(Map.of(
                "manifest.yaml", """
                        apiVersion: v1beta1
                        tasks:
                          - id: subscribe
                            type: api
                            action: keptn-api-v1-uniform-create-webhook-subscription
                            payload: api/subscription.json
                            context: {event: sh.keptn.event.evaluation.triggered, project: "[[ .Inputs.project ]]"}
                          - id: config
                            type: resource
                            resource: webhook.yaml
                            resourceUri: webhook/webhook.yaml
                            stage: dev
                            context: {id: "[[ .Tasks.subscribe.Response.id ]]"}
                        """,
                "api/subscription.json",
                        "{\"event\":\"[[ .Context.event ]]\",\"filter\":{\"projects\":[\"[[ .Context.project ]]\"]}}",
                "webhook.yaml", "subscriptionID: [[ .Context.id ]]\n"));
        // when
        Reply reply = api.http()
                .call(
                        "POST",
                        api.endpoint() + "/v1/import?project=" + NAME,
                        BodyPublishers.ofByteArray(GivenZip.form("configPackage", zip)),
                        Optional.of("multipart/form-data; boundary=b"));
        // then
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        String id = reply.json().at("/tasks/0/response/id").asText();
        JsonNode subscriptions = api.http()
                .get(registrations + "/" + registered.json().path("id").asText() + "/subscription")
                .json();
        assertThat(subscriptions.at("/0/id").asText()).isEqualTo(id);
        assertThat(subscriptions.at("/0/event").asText()).isEqualTo("sh.keptn.event.evaluation.triggered");
        JsonNode written = api.http()
                .get(older("/project/" + NAME + "/stage/dev/resource/webhook%2Fwebhook.yaml"))
                .json();
        assertThat(Base64.getDecoder().decode(written.path("resourceContent").asText()))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("subscriptionID: " + id + "\n");
    }

    @ParameterizedTest
    @CsvSource({
        "POST,   /api/configuration-service/v1/project",
        "PUT,    /api/configuration-service/v1/project/p",
        "DELETE, /api/configuration-service/v1/project/p",
        "POST,   /api/configuration-service/v1/project/p/stage",
        "POST,   /api/configuration-service/v1/project/p/stage/s/service",
        "DELETE, /api/configuration-service/v1/project/p/stage/s/service/svc",
        "POST,   /api/resource-service/v1/project",
        "PUT,    /api/resource-service/v1/project/p",
        "DELETE, /api/resource-service/v1/project/p",
        "POST,   /api/resource-service/v1/project/p/stage",
        "POST,   /api/resource-service/v1/project/p/stage/s/service",
        "DELETE, /api/resource-service/v1/project/p/stage/s/service/svc",
        "POST,   /api/mongodb-datastore/event",
        "DELETE, /api/mongodb-datastore/event",
        "GET,    /api/mongodb-datastore/health",
    })
    void keepsInsideWhatKeptnsGatewayKeptInside(String method, String path) {
        // given
        String url = api.endpoint().replace("/api", "") + path;
        for (HttpCalls caller : List.of(api.anonymous(), api.withToken("wrong"), api.http())) {
            // when
            Reply reply = caller.call(method, url, BodyPublishers.noBody(), Optional.empty());
            // then
            assertThat(reply.status()).as(reply.toString()).isEqualTo(403);
            assertThat(reply.json().path("code").asInt()).isEqualTo(403);
        }
    }

    @Test
    void asksForTheTokenAsTheOtherCollectionsDo() {
        assertThat(api.anonymous().get(older("/project")).status()).isEqualTo(401);
        assertThat(api.anonymous().get(older("/nothing")).status()).isEqualTo(401);
        assertThat(api.http().get(older("/nothing")).status()).isEqualTo(404);
        assertThat(api.anonymous()
                        .delete(api.endpoint() + "/v1/project/" + NAME)
                        .status())
                .isEqualTo(401);
    }

    private static String older(String path) {
        return api.endpoint() + "/configuration-service/v1" + path;
    }
}
