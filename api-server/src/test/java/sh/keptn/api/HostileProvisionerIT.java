package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sh.keptn.api.HttpCalls.Reply;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.local.git.Provisioned;

/** A provisioner that fails in every way and then does not: what callers of the API see of it. */
class HostileProvisionerIT {
    private static final String TOKEN = "token-that-must-not-show";
    private static final HttpServer PROVISIONER = listen();
    private static final List<String> CALLS = new CopyOnWriteArrayList<>();
    private static volatile int status = 500;
    private static volatile String answer = "";

    @RegisterExtension
    static final ApiExtension api = new ApiExtension()
            .with("KEPTN_HIDE_PROVISIONED_URL", "true")
            .with(
                    "KEPTN_GIT_PROVISIONING_URL",
                    "http://127.0.0.1:" + PROVISIONER.getAddress().getPort())
            .withOperator();

    @AfterAll
    static void stop() {
        PROVISIONER.stop(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            refuses       | 500 | token-that-must-not-show
            unauthorized  | 401 | {}
            nothing       | 204 |
            nojson        | 200 | <p>token-that-must-not-show</p>
            nourl         | 200 | {"gitToken":"token-that-must-not-show","gitUser":"u"}
            file          | 200 | {"gitRemoteURL":"file:///etc","gitToken":"token-that-must-not-show"}
            inside        | 200 | {"gitRemoteURL":"https://u:token-that-must-not-show@host/r.git"}
            """)
    void answers424AndLeavesNothingBehind(String project, int code, String body) {
        status = code;
        answer = body == null ? "" : body;

        Reply reply = create(project);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(424);
        assertThat(reply.text()).contains("provisioner").doesNotContain(TOKEN);
        assertThat(api.kubernetes()
                        .resources(KeptnProject.class)
                        .inNamespace(api.namespace())
                        .withName(project)
                        .get())
                .isNull();
        assertThat(api.kubernetes()
                        .secrets()
                        .inNamespace(api.namespace())
                        .withName("git-credentials-" + project)
                        .get())
                .isNull();
    }

    @Test
    void takesTheSameRequestOnceTheProvisionerIsMendedAndHidesWhatItGave() {
        status = 503;
        assertThat(create("mended").status()).isEqualTo(424);
        Provisioned upstream = api.git().provision("mended", api.namespace());
        status = 201;
        answer = "{\"gitRemoteURL\":\"" + upstream.gitRemoteUrl() + "\",\"gitToken\":\"" + upstream.gitToken()
                + "\",\"gitUser\":\"" + upstream.gitUser() + "\"}";

        Reply created = create("mended");

        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        String url = api.endpoint() + "/controlPlane/v1/project/mended";
        Reply project = api.http().get(url);
        assertThat(project.json().path("isUpstreamAutoProvisioned").asBoolean()).isTrue();
        assertThat(project.json().path("gitCredentials").path("remoteURL").asText("absent"))
                .isEmpty();
        assertThat(project.text()).doesNotContain(upstream.gitRemoteUrl(), upstream.gitToken());
        status = 500;
        assertThat(api.http().delete(url).status()).isEqualTo(200);
        assertThat(CALLS).contains("DELETE {\"namespace\":\"" + api.namespace() + "\",\"project\":\"mended\"}");
    }

    private static Reply create(String project) {
        String shipyard = Base64.getEncoder().encodeToString(GivenProject.SHIPYARD.getBytes(StandardCharsets.UTF_8));
        return api.http()
                .post(
                        api.endpoint() + "/controlPlane/v1/project",
                        "{\"name\":\"" + project + "\",\"shipyard\":\"" + shipyard + "\"}");
    }

    private static HttpServer listen() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/repository", exchange -> {
                String[] body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                        .replaceAll("[{}]", "")
                        .split(",");
                Arrays.sort(body);
                CALLS.add(exchange.getRequestMethod() + " {" + String.join(",", body) + "}");
                byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
