package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.api.HttpCalls.Reply;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.crds.service.KeptnServiceSpec;
import sh.keptn.local.git.Provisioned;

/** Projects and services through the REST door, with the real operator behind it. */
class ProjectIT {
    private static final String SHIPYARD = GivenProject.SHIPYARD;

    @RegisterExtension
    static final ApiExtension api = new ApiExtension().withOperator();

    private final String name = "p" + UUID.randomUUID().toString().substring(0, 8);
    private final String projects = api.endpoint() + "/controlPlane/v1/project";

    @Test
    void makesAProjectThatIsReadyWhenItIsAnswered() {
        Provisioned upstream = upstream();

        Reply created = api.http().post(projects, body(name, SHIPYARD, credentials(upstream)));

        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        assertThat(created.body()).isEmpty();
        JsonNode project = api.http().get(projects + "/" + name).json();
        assertThat(project.path("projectName").asText()).isEqualTo(name);
        assertThat(project.path("shipyard").asText()).isEqualTo(SHIPYARD);
        assertThat(project.path("shipyardVersion").asText()).isEqualTo("spec.keptn.sh/0.2.2");
        assertThat(project.path("creationDate").asText()).matches("[0-9]{19}");
        assertThat(names(project.path("stages"), "stageName")).containsExactly("staging", "dev");
        assertThat(project.path("gitCredentials").path("remoteURL").asText()).isEqualTo(upstream.gitRemoteUrl());
        assertThat(project.path("isUpstreamAutoProvisioned").asBoolean(true)).isFalse();
        assertThat(project.toString()).doesNotContain(upstream.gitToken());
        assertThat(branches(upstream)).contains("refs/heads/staging", "refs/heads/dev");
        assertThat(resource(name).getMetadata().getManagedFields())
                .extracting(field -> field.getManager())
                .contains("keptn-api", "keptn-operator");
    }

    @Test
    void refusesTheSameProjectTwice() {
        String body = body(name, SHIPYARD, credentials(upstream()));
        api.http().post(projects, body);

        Reply again = api.http().post(projects, body);

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("code").asInt()).isEqualTo(409);
    }

    @Test
    void r23LetsOneOfTwoSimultaneousRequestsMakeTheProject() throws Exception {
        String body = body(name, SHIPYARD, credentials(upstream()));
        Callable<Integer> post = () -> api.http().post(projects, body).status();

        List<Integer> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> answer : threads.invokeAll(List.of(post, post))) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).containsExactlyInAnyOrder(201, 409);
        assertThat(api.http().get(projects + "/" + name).status()).isEqualTo(200);
    }

    @Test
    void refusesAnUpstreamThatHoldsAProjectAlready() {
        Provisioned upstream = upstream();
        api.http().post(projects, body(name, SHIPYARD, credentials(upstream)));
        api.http().delete(projects + "/" + name);

        Reply again = api.http().post(projects, body(name, SHIPYARD, credentials(upstream)));

        assertThat(again.status()).isEqualTo(409);
        assertNothingLeft();
    }

    @Test
    void answersWrongCredentialsAndLeavesNothingSoThatTheRightOnesWork() {
        Provisioned upstream = upstream();
        String wrong = credentials(upstream).replace(upstream.gitToken(), "wrong");

        Reply refused = api.http().post(projects, body(name, SHIPYARD, wrong));

        assertThat(refused.status()).isEqualTo(424);
        assertNothingLeft();
        assertThat(api.http()
                        .post(projects, body(name, SHIPYARD, credentials(upstream)))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void tellsAMissingRepositoryFromAHostThatIsNotThere() throws Exception {
        Provisioned upstream = upstream();
        String missing = credentials(upstream).replace(name + ".git", "nothing-here.git");
        int freePort;
        try (ServerSocket socket = new ServerSocket(0)) {
            freePort = socket.getLocalPort();
        }
        String nobody = credentials(upstream).replace(":" + api.git().port() + "/", ":" + freePort + "/");

        Reply notFound = api.http().post(projects, body(name, SHIPYARD, missing));
        Reply unreachable = api.http().post(projects, body(name, SHIPYARD, nobody));

        assertThat(notFound.status()).as(notFound.toString()).isIn(404, 424);
        assertThat(unreachable.status()).isEqualTo(503);
        assertThat(unreachable.header("Retry-After")).isPresent();
        assertNothingLeft();
    }

    @Test
    void refusesAStageThatIsNamedLikeTheDefaultBranchAndLeavesNothing() {
        String shipyard = SHIPYARD.replace("- name: dev", "- name: main");

        Reply reply = api.http().post(projects, body(name, shipyard, credentials(upstream())));

        assertThat(reply.status()).isEqualTo(400);
        assertNothingLeft();
    }

    @Test
    void deletesAProjectAndItsSecretButNotItsUpstream() {
        Provisioned upstream = upstream();
        api.http().post(projects, body(name, SHIPYARD, credentials(upstream)));

        Reply deleted = api.http().delete(projects + "/" + name);

        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.json().path("message").asText()).isNotBlank();
        assertThat(api.http().get(projects + "/" + name).status()).isEqualTo(404);
        assertNothingLeft();
        assertThat(branches(upstream)).contains("refs/heads/dev");
    }

    @Test
    void answers200ForDeletingWhatIsNotThere() {
        assertThat(api.http().delete(projects + "/nobody").status()).isEqualTo(200);
    }

    @Test
    void listsProjectsByNameAndPage() {
        api.http().post(projects, body(name + "b", SHIPYARD, credentials(upstream(name + "b"))));
        api.http().post(projects, body(name + "a", SHIPYARD, credentials(upstream(name + "a"))));

        JsonNode all = api.http().get(projects + "?pageSize=1000").json();
        JsonNode one = api.http().get(projects + "?pageSize=1").json();

        assertThat(names(all.path("projects"), "projectName")).isSorted().contains(name + "a", name + "b");
        assertThat(one.path("projects")).hasSize(1);
        assertThat(one.path("nextPageKey").asText()).isEqualTo("1");
        assertThat(api.http().get(projects + "?pageSize=-1").status()).isEqualTo(400);
    }

    @Test
    void addsAStageByPutAndRefusesToLoseOne() {
        Provisioned upstream = upstream();
        api.http().post(projects, body(name, SHIPYARD, credentials(upstream)));

        Reply added = api.http().put(projects, body(name, SHIPYARD + "    - name: prod\n", "null"));
        Reply lost = api.http().put(projects, body(name, SHIPYARD.replace("    - name: dev\n", ""), "null"));

        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        assertThat(lost.status()).isEqualTo(400);
        assertThat(names(api.http().get(projects + "/" + name).json().path("stages"), "stageName"))
                .containsExactly("staging", "dev", "prod");
        assertThat(names(api.http().get(projects + "/" + name + "/stage").json().path("stages"), "stageName"))
                .containsExactly("dev", "prod", "staging");
        assertThat(branches(upstream)).contains("refs/heads/prod");
    }

    @Test
    void r22DoesNotSwitchCredentialsWhenTheShipyardIsRefused() {
        Provisioned upstream = upstream();
        api.http().post(projects, body(name, SHIPYARD, credentials(upstream)));
        String before = secret();

        Reply reply = api.http()
                .put(projects, body(name, SHIPYARD.replace("dev", "renamed"), credentials(upstream("other" + name))));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(secret()).isEqualTo(before);
        assertThat(resource(name).getSpec().git().url()).isEqualTo(upstream.gitRemoteUrl());
    }

    @Test
    void movesAProjectToAnotherUpstreamWithItsHistory() {
        Provisioned upstream = upstream();
        Provisioned other = upstream("moved" + name);
        api.http().post(projects, body(name, SHIPYARD, credentials(upstream)));

        Reply moved = api.http().put(projects, body(name, null, credentials(other)));

        assertThat(moved.status()).as(moved.toString()).isEqualTo(201);
        assertThat(branches(other)).isEqualTo(branches(upstream));
        assertThat(api.http()
                        .get(projects + "/" + name)
                        .json()
                        .path("gitCredentials")
                        .path("remoteURL")
                        .asText())
                .isEqualTo(other.gitRemoteUrl());
    }

    @Test
    void answers404ForWhatIsNotThere() {
        api.http().post(projects, body(name, SHIPYARD, credentials(upstream())));

        assertThat(api.http().get(projects + "/nobody").status()).isEqualTo(404);
        assertThat(api.http().put(projects, body("nobody", null, "null")).status())
                .isEqualTo(404);
        assertThat(api.http().get(projects + "/nobody/stage").status()).isEqualTo(404);
        assertThat(api.http().get(projects + "/" + name + "/stage/none").status())
                .isEqualTo(404);
        assertThat(api.http().get(projects + "/" + name + "/stage/none/service").status())
                .isEqualTo(404);
        assertThat(api.http()
                        .get(projects + "/" + name + "/stage/dev/service/none")
                        .status())
                .isEqualTo(404);
        assertThat(api.http()
                        .post(projects + "/nobody/service", "{\"serviceName\":\"s\"}")
                        .status())
                .isEqualTo(404);
        assertThat(api.http().delete(projects + "/nobody/service/s").status()).isEqualTo(404);
    }

    @Test
    void makesAndRemovesAServiceOnEveryStage() {
        Provisioned upstream = upstream();
        api.http().post(projects, body(name, SHIPYARD, credentials(upstream)));
        String service = projects + "/" + name + "/service";

        Reply created = api.http().post(service, "{\"serviceName\":\"Carts_1.2\"}");

        assertThat(created.status()).as(created.toString()).isEqualTo(200);
        assertThat(created.json().get("message").asText()).isEmpty();
        assertThat(api.http().post(service, "{\"serviceName\":\"Carts_1.2\"}").status())
                .isEqualTo(409);
        for (String stage : List.of("dev", "staging")) {
            JsonNode there = api.http()
                    .get(projects + "/" + name + "/stage/" + stage + "/service/Carts_1.2")
                    .json();
            assertThat(there.path("serviceName").asText()).isEqualTo("Carts_1.2");
            assertThat(there.path("creationDate").asText()).matches("[0-9]{19}");
            assertThat(there.has("openRemediations")).isTrue();
        }
        Reply written = api.http()
                .put(
                        api.endpoint() + "/resource-service/v1/project/" + name
                                + "/stage/dev/service/Carts_1.2/resource/x.txt",
                        "{\"resourceContent\":\"eA==\"}");
        assertThat(written.status()).isEqualTo(200);

        Reply deleted = api.http().delete(service + "/Carts_1.2");

        assertThat(deleted.status()).as(deleted.toString()).isEqualTo(200);
        assertThat(api.http().delete(service + "/Carts_1.2").status()).isEqualTo(200);
        assertThat(api.http()
                        .get(projects + "/" + name + "/stage/dev/service")
                        .json()
                        .path("services"))
                .isEmpty();
        assertThat(api.http()
                        .get(api.endpoint() + "/resource-service/v1/project/" + name
                                + "/stage/dev/service/Carts_1.2/resource")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void showsAServiceThatCameByKubectl() {
        api.http().post(projects, body(name, SHIPYARD, credentials(upstream())));
        KeptnService service = new KeptnService();
        service.getMetadata().setName(name + ".byhand");
        service.getMetadata().setNamespace(api.namespace());
        service.setSpec(new KeptnServiceSpec(name, "byhand", null));

        api.kubernetes().resource(service).create();

        Awaitility.await("the service is in the answer")
                .until(() -> names(
                                api.http()
                                        .get(projects + "/" + name + "/stage/dev/service")
                                        .json()
                                        .path("services"),
                                "serviceName")
                        .contains("byhand"));
    }

    @Test
    void r8RefusesServiceNamesThatAreNone() {
        api.http().post(projects, body(name, SHIPYARD, credentials(upstream())));

        for (String bad : List.of("a".repeat(44), "a/b", "a<b", "a>b", "a|b", "a:b", "a&b", ".", "..", "", "a b")) {
            Reply reply = api.http().post(projects + "/" + name + "/service", "{\"serviceName\":\"" + bad + "\"}");
            assertThat(reply.status()).as(bad).isEqualTo(400);
        }
    }

    private void assertNothingLeft() {
        assertThat(api.kubernetes()
                        .resources(KeptnProject.class)
                        .inNamespace(api.namespace())
                        .withName(name)
                        .get())
                .isNull();
        assertThat(api.kubernetes()
                        .secrets()
                        .inNamespace(api.namespace())
                        .withName("git-credentials-" + name)
                        .get())
                .isNull();
    }

    private String secret() {
        return Objects.requireNonNull(api.kubernetes()
                .secrets()
                .inNamespace(api.namespace())
                .withName("git-credentials-" + name)
                .get()
                .getData()
                .get("git-credentials"));
    }

    private static KeptnProject resource(String project) {
        return Objects.requireNonNull(api.kubernetes()
                .resources(KeptnProject.class)
                .inNamespace(api.namespace())
                .withName(project)
                .get());
    }

    private Provisioned upstream() {
        return upstream(name);
    }

    private static Provisioned upstream(String project) {
        return api.git().provision(project, api.namespace());
    }

    private static String branches(Provisioned upstream) {
        String address = upstream.gitRemoteUrl()
                .replace("http://", "http://" + upstream.gitUser() + ":" + upstream.gitToken() + "@");
        return GivenProject.git(api.folder("."), "ls-remote", "--heads", address);
    }

    private static String credentials(Provisioned upstream) {
        return "{\"remoteURL\":\"" + upstream.gitRemoteUrl() + "\",\"user\":\"" + upstream.gitUser()
                + "\",\"https\":{\"token\":\"" + upstream.gitToken() + "\"}}";
    }

    private static String body(String project, @Nullable String shipyard, String credentials) {
        String encoded = shipyard == null
                ? "null"
                : "\"" + Base64.getEncoder().encodeToString(shipyard.getBytes(StandardCharsets.UTF_8)) + "\"";
        return "{\"name\":\"" + project + "\",\"shipyard\":" + encoded + ",\"gitCredentials\":" + credentials + "}";
    }

    private static List<String> names(JsonNode list, String field) {
        List<String> names = new ArrayList<>();
        list.forEach(item -> names.add(item.path(field).asText()));
        return names;
    }
}
