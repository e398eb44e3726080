package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sh.keptn.api.RawCall.Said;
import sh.keptn.crds.project.WebhookToken;

/** A prefix before every path, with the shipped gateway and without. */
class PrefixIT {
    private static final String TOKEN = "a-token-of-a-webhook";

    @RegisterExtension
    static final ApiExtension api = new ApiExtension()
            .with("KEPTN_PATH_PREFIX", "/keptn/v1")
            .with("KEPTN_WRONG_TOKENS_BURST", "1000")
            .with("KEPTN_WEBHOOK_SECRET", "hooks");

    private static GivenProject project;

    @BeforeAll
    static void givenAProject() {
        project = GivenProject.in(api);
        assertThat(api.http()
                        .put(project.carts() + "/a/b.txt", "{\"resourceContent\":\"eA==\"}")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "200, GET /keptn/v1/api/v1/metadata",
        "200, GET /keptn/v1/api/controlPlane/v1/project",
        "200, GET /keptn//v1/api/resource-service/v1/project/P//resource",
        "200, GET /keptn/v1/api/resource-service/v1/project/P/stage/dev/service/carts/resource/a%252Fb.txt",
        "200, GET /keptn/v1/nginx-health",
        "200, GET /keptn/v1/api/health",
        "200, GET /keptn/v1/api/swagger-ui/",
        "200, GET /keptn/v1/api/controlPlane/swagger-ui/swagger.yaml",
        "301, GET /keptn/v1/api",
        "403, GET /keptn/v1/api/resource-service/v1/project/P",
        "404, GET /keptn/v1",
        "404, GET /keptn/v1/",
        "404, GET /keptn/v11/api/v1/metadata",
        "404, GET /keptn/api/v1/metadata",
        "404, GET /api/v1/metadata",
        "404, GET /api/controlPlane/v1/project",
        "404, GET /api/resource-service/v1/project/P",
        "404, GET /api/resource-service/v1/project/P/resource",
        "404, POST /hooks/git/P/0",
        "404, GET /",
    })
    void standsBeforeEveryPath(int status, String methodAndPath) {
        RawCall call = new RawCall(methodAndPath.replace("/P", "/" + project.name())).withToken();
        try (Nginx gateway = Nginx.start(api.folder("gateway"), "listen 127.0.0.1:%d;", api.port(), "/keptn/v1")) {
            for (int port : new int[] {api.port(), gateway.port()}) {
                Said said = call.to(port);

                assertThat(said.status()).as(said.text()).isEqualTo(status);
                if (status == 301) {
                    assertThat(said.header("Location").map(URI.create("/keptn/v1/api")::resolve))
                            .hasValue(URI.create("/keptn/v1/api/swagger-ui/"));
                }
            }
        }
    }

    @Test
    void standsBeforeEveryRouteOfEveryRoom() {
        List<String> reachable = new ArrayList<>();
        for (String route : api.routes().described()) {
            String[] parts =
                    route.replace("*", "GET").replaceAll("\\{[^}]*}", "x").split(" ", 2);
            RawCall inside = new RawCall(parts[0] + " /keptn/v1" + parts[1]);
            RawCall beside = new RawCall(parts[0] + " " + parts[1]).withToken();

            Said asked = inside.to(api.port());

            assertThat(beside.to(api.port()).status()).as(route).isEqualTo(404);
            assertThat(asked.text()).as(route).doesNotContain("path not found", "404 page not found");
            reachable.add(route);
        }
        assertThat(reachable).hasSizeGreaterThan(30);
    }

    @Test
    void standsBeforeTheAddressThatGitHostsCall() throws Exception {
        api.kubernetes()
                .secrets()
                .inNamespace(api.namespace())
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("hooks")
                        .endMetadata()
                        .addToStringData(WebhookToken.KEY, TOKEN)
                        .build())
                .create();
        String path = WebhookToken.of(TOKEN).path(api.namespace(), project.name());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(TOKEN.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
        String signature = HexFormat.of().formatHex(mac.doFinal("{}".getBytes(StandardCharsets.US_ASCII)));
        RawCall signed = new RawCall("POST /keptn/v1" + path)
                .with("X-Signature: sha256=" + signature)
                .withJson("{}");
        try (Nginx gateway = Nginx.start(api.folder("gateway"), "listen 127.0.0.1:%d;", api.port(), "/keptn/v1")) {
            Awaitility.await("the server sees the Secret")
                    .until(() -> signed.to(api.port()).status() == 202);

            assertThat(signed.to(gateway.port()).status()).isEqualTo(202);
        }
    }
}
