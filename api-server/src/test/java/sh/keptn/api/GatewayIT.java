package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sh.keptn.api.RawCall.Said;

/** The shipped gateway before the real server: whoever comes through it is answered as one who comes directly. */
class GatewayIT {
    @RegisterExtension
    static final StoreExtension store = new StoreExtension();

    @RegisterExtension
    static final ApiExtension api =
            new ApiExtension().with("KEPTN_WRONG_TOKENS_BURST", "1000").with("MONGODB_URI", store.uri());

    private static GivenProject project;
    private static Nginx gateway;

    @BeforeAll
    static void givenAProjectAndAGateway() {
        project = GivenProject.in(api);
        String written = "{\"resourceContent\":\"eA==\"}";
        assertThat(api.http().put(project.carts() + "/a/b.txt", written).status())
                .isEqualTo(200);
        assertThat(api.http().put(project.carts() + "/c%20d%2Be.txt", written).status())
                .isEqualTo(200);
        gateway = Nginx.inFrontOf(api.port(), api.folder("gateway"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    static Stream<Arguments> calls() {
        String carts = "/api/resource-service/v1/project/P/stage/dev/service/carts/resource";
        return Stream.of(
                // Every collection, with the token.
                right(200, "GET /api/v1/metadata"),
                right(200, "GET /api/v1/auth"),
                right(200, "POST /api/v1/auth"),
                right(200, "HEAD /api/v1/metadata"),
                right(200, "GET /api/controlPlane/v1/project"),
                right(200, "GET /api/controlPlane/v1/project/P/stage/dev/service"),
                right(200, "GET /api/controlPlane/health"),
                right(200, "GET /api/resource-service/v1/project/P/resource"),
                right(200, "GET /api/resource-service/v1/project/P//resource"),
                right(200, "GET //api///resource-service/v1/project/P/resource"),
                right(200, "GET /api/resource-service/health"),
                right(200, "GET /api/mongodb-datastore/event?keptnContext=c"),
                right(200, "GET /api/mongodb-datastore/event/?keptnContext=c"),
                right(200, "GET /api/mongodb-datastore/event/type/t?filter=data.project:P"),
                right(400, "GET /api/statistics/v1/statistics"),
                right(200, "GET /api/secrets/v1/secret"),
                right(200, "GET /api/controlPlane/v1/uniform/registration"),
                right(200, "GET /api/controlPlane/v1/log"),
                right(200, "GET /api/configuration-service/v1/project/P"),
                // Names of resources.
                right(200, "GET " + carts + "/a/b.txt"),
                right(200, "GET " + carts + "/a%2Fb.txt"),
                right(200, "GET " + carts + "/a%2fb.txt"),
                right(200, "GET " + carts + "/a%252Fb.txt"),
                right(200, "GET " + carts + "/c%20d%2Be.txt"),
                right(200, "GET " + carts + "/%63%20d%2be.txt"),
                right(404, "GET " + carts + "/a%2Fc.txt"),
                right(404, "GET " + carts + "/a%3Fb.txt"),
                right(404, "GET " + carts + "/a%23b%26c=d.txt"),
                right(400, "GET " + carts + "/a%2525252Fb.txt"),
                right(400, "GET " + carts + "/..%2Fb.txt"),
                right(400, "GET " + carts + "/%2e%2e%2Fb.txt"),
                right(400, "GET " + carts + "/a/../b.txt"),
                right(400, "GET " + carts + "/%2e%2e/b.txt"),
                right(400, "GET " + carts + "/%zz"),
                // What does not exist, and where another method does.
                right(404, "GET /api/v1/nothing"),
                right(404, "GET /api/controlPlane/v1/nothing"),
                right(404, "GET /api/controlplane/v1/project"),
                right(404, "GET /api/controlPlaneX"),
                right(404, "GET /api/"),
                right(404, "GET /apis"),
                right(404, "GET /"),
                right(404, "GET /bridge/"),
                right(404, "GET /_gateway/auth"),
                right(404, "GET /api/_gateway/auth"),
                right(405, "DELETE /api/v1/metadata"),
                right(404, "DELETE /api/controlPlane/v1/project"),
                right(405, "TRACE /api/v1/metadata"),
                // Without a token: open, looked up first, or asked for first.
                none(200, "GET /api/health"),
                none(200, "GET /nginx-health"),
                none(301, "GET /api"),
                none(200, "GET /api/swagger-ui/"),
                none(200, "GET /api/swagger-ui/swagger.yaml"),
                none(200, "GET /api/controlPlane/swagger-ui/swagger.yaml"),
                none(200, "GET /api/resource-service/swagger-ui/swagger.yaml"),
                none(200, "GET /api/mongodb-datastore/swagger-ui/swagger.yaml"),
                none(401, "GET /api/controlPlane/swagger-ui/other"),
                none(401, "GET /api/v1/metadata"),
                none(401, "POST /api/v1/auth"),
                none(404, "GET /api/v1/nothing"),
                none(401, "GET /api/controlPlane/v1/project"),
                none(401, "GET /api/controlPlane/v1/nothing"),
                none(401, "GET /api/controlPlane/health"),
                none(401, "GET /api/resource-service/v1/project/P/resource"),
                none(401, "GET /api/mongodb-datastore/event"),
                none(401, "GET /api/statistics/v1/statistics"),
                none(401, "GET /api/statistics/v1/nothing"),
                none(401, "GET /api/secrets/v1/secret"),
                none(401, "GET /api/configuration-service/v1/project/P"),
                none(401, "GET /api/v1/event/stream"),
                none(401, "OPTIONS /api/mongodb-datastore/event"),
                none(404, "POST /hooks/git/P/0"),
                none(405, "GET /hooks/git/P/0"),
                // A wrong token, and two right ones.
                call(401, new RawCall("GET /api/v1/auth").withToken("wrong")),
                call(401, new RawCall("GET /api/v1/metadata").withToken("wrong")),
                call(401, new RawCall("GET /api/controlPlane/v1/project").withToken("wrong")),
                call(
                        401,
                        new RawCall("GET /api/mongodb-datastore/event")
                                .withToken()
                                .withToken()),
                // Bodies.
                call(400, new RawCall("POST /api/v1/event").withToken().with("Content-Length: 0")),
                call(
                        415,
                        new RawCall("POST /api/controlPlane/v1/project")
                                .withToken()
                                .with("Content-Type: text/plain")
                                .with("Content-Length: 2\r\n\r\n{}")),
                call(
                        415,
                        new RawCall("POST /api/controlPlane/v1/project")
                                .withToken()
                                .with("Content-Encoding: gzip")
                                .withJson("{}")),
                call(
                        400,
                        new RawCall("POST /api/controlPlane/v1/project")
                                .withToken()
                                .withJson("{")),
                call(400, new RawCall("PUT " + carts + "/x.txt").withToken().withJson("{\"resourceContent\":\"?\"}")),
                call(
                        200,
                        new RawCall("PUT " + carts + "/large.txt")
                                .withToken()
                                .withJson("{\"resourceContent\":\"" + "eHh4".repeat(100_000) + "\"}")),
                call(
                        413,
                        new RawCall("PUT " + carts + "/x.txt")
                                .withToken()
                                .with("Content-Type: application/json")
                                .with("Content-Length: 5242881")),
                call(400, new RawCall("GET /api/v1/metadata").withToken().with("X-Long: " + "x".repeat(20_000))),
                call(400, new RawCall("GET /api/v1/metadata").withToken().with("Bad Name: 1")),
                right(414, "GET /api/v1/metadata?q=" + "x".repeat(20_000)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("calls")
    void answersAsTheServerDoesByItself(int status, RawCall written) {
        RawCall call = new RawCall(written.text().replaceFirst("/P(?=/|\\?|\r|$)", "/" + project.name()));

        Said direct = call.to(api.port());
        Said throughGateway = call.to(gateway.port());

        assertThat(direct.status()).as(direct.text()).isEqualTo(status);
        assertThat(throughGateway.status()).as(throughGateway.text()).isEqualTo(status);
        if (status >= 400 && direct.header("Content-Type").orElse("").startsWith("application/json")) {
            assertThat(throughGateway.header("Content-Type").orElse("")).startsWith("application/json");
            assertThat(throughGateway.json().path("code").asInt())
                    .isEqualTo(direct.json().path("code").asInt());
            assertThat(throughGateway.json().path("message").asText()).isNotBlank();
        }
        if (status == 200 && !call.text().contains("/project")) {
            assertThat(throughGateway.body()).isEqualTo(direct.body());
        }
        assertThat(throughGateway.header("Location")).isEqualTo(direct.header("Location"));
    }

    /** Keptn's block list: method and path. */
    static Stream<String> blocked() {
        List<String> anyMethod = List.of(
                "/api/resource-service/v1/project",
                "/api/resource-service/v1/project/",
                "/api/resource-service/v1/project/P",
                "/api/resource-service/v1/Project/P",
                "/api/resource-service/v1/project//P",
                "/api/resource-service/v1/project/P/stage",
                "/api/resource-service/v1/project/P/stage/dev",
                "/api/resource-service/v1/project/P/stage/dev/service",
                "/api/resource-service/v1/project/P/stage/dev/service/carts",
                "/api/resource-service/v1/project/P/service/carts/resource",
                "/api/resource-service/v1/project/P/service/carts/resource/x",
                "/api/mongodb-datastore/health",
                "/api/mongodb-datastore/health/",
                "/api/statistics/v1/event");
        return Stream.concat(
                anyMethod.stream()
                        .flatMap(path ->
                                Stream.of("GET", "POST", "PUT", "DELETE").map(method -> method + " " + path)),
                Stream.of(
                        "POST /api/mongodb-datastore/event",
                        "PUT /api/mongodb-datastore/event",
                        "PATCH /api/mongodb-datastore/event",
                        "DELETE /api/mongodb-datastore/event",
                        "DELETE /api/controlPlane/v1/log",
                        "POST /api/configuration-service/v1/project",
                        "DELETE /api/configuration-service/v1/project/P"));
    }

    @ParameterizedTest
    @MethodSource("blocked")
    void keepsWhatIsInternalFromEverybody(String methodAndPath) {
        RawCall call = new RawCall(methodAndPath);

        for (int port : new int[] {api.port(), gateway.port()}) {
            for (RawCall either : List.of(call, call.withToken(), call.withToken("wrong"))) {
                Said said = either.to(port);
                assertThat(said.status()).as(said.text()).isEqualTo(403);
                assertThat(said.json().path("code").asInt()).isEqualTo(403);
            }
        }
    }

    /** Whatever a room adds, the gateway has to know of it. */
    @Test
    void answersCallersWithoutATokenAsTheServerDoesOnEveryRoute() {
        List<String> routes = new ArrayList<>(api.routes().described());
        routes.addAll(api.routes().describedInternal());
        for (String route : routes) {
            String[] parts =
                    route.replace("*", "PUT").replaceAll("\\{[^}]*}", "x").split(" ", 2);
            for (String path : List.of(parts[1], parts[1] + "/")) {
                RawCall call = new RawCall(parts[0] + " " + path);

                assertThat(call.to(gateway.port()).status())
                        .as(call.text())
                        .isEqualTo(call.to(api.port()).status());
            }
        }
        assertThat(routes).hasSizeGreaterThan(40);
    }

    @Test
    void saysInJsonThatTheServerIsDown() {
        try (Nginx alone = Nginx.inFrontOf(1, api.folder("gateway"))) {
            for (String call : List.of(
                    "GET /api/v1/metadata",
                    "GET /api/controlPlane/v1/project",
                    "GET /api/mongodb-datastore/event",
                    "POST /hooks/git/p/0")) {
                Said said = new RawCall(call).withToken().to(alone.port());

                assertThat(said.status()).as(said.text()).isEqualTo(502);
                assertThat(said.header("Content-Type")).hasValue("application/json");
                assertThat(said.json().path("code").asInt()).isEqualTo(502);
            }
            assertThat(new RawCall("GET /nginx-health").to(alone.port()).status())
                    .isEqualTo(200);
            assertThat(new RawCall("GET /api/resource-service/v1/project")
                            .to(alone.port())
                            .status())
                    .isEqualTo(403);
        }
    }

    private static Arguments right(int status, String methodAndPath) {
        return call(status, new RawCall(methodAndPath).withToken());
    }

    private static Arguments none(int status, String methodAndPath) {
        return call(status, new RawCall(methodAndPath));
    }

    private static Arguments call(int status, RawCall call) {
        return Arguments.of(status, call);
    }
}
