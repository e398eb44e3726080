package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.api.RawCall.Said;

/** Who is turned away at the gateway, and by whose word. */
class GatewayRefusalsIT {
    /** The gateway comes to the server from here; its own callers from elsewhere. */
    @RegisterExtension
    static final ApiExtension api = new ApiExtension()
            .with("KEPTN_API_TOKEN", "")
            .with("KEPTN_TRUSTED_PROXIES", "127.0.0.1/32")
            .with("KEPTN_WRONG_TOKENS_BURST", "3");

    private static final String[] PATHS = {"/api/v1/metadata", "/api/controlPlane/v1/project"};

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/metadata", "/api/controlPlane/v1/project"})
    void saysThatNoTokenIsConfiguredYet(String path) {
        remove();
        Awaitility.await("no token").until(() -> status("/api/v1/auth") == 503);
        try (Nginx gateway = Nginx.inFrontOf(api.port(), api.folder("gateway"))) {
            Said said = new RawCall("GET " + path).withToken().to(gateway.port());

            assertThat(said.status()).as(said.text()).isEqualTo(503);
            assertThat(said.json().path("code").asInt()).isEqualTo(503);
            assertThat(said.header("Retry-After")).isPresent();
        }
    }

    @Test
    void throttlesThePeerThatGuessesWhateverItClaimsAndNobodyElse() throws Exception {
        put();
        Awaitility.await("the token").until(() -> status("/api/v1/auth") == 200);
        try (Nginx gateway = Nginx.inFrontOf(api.port(), api.folder("gateway"))) {
            for (String path : PATHS) {
                Awaitility.await("throttled").until(() -> {
                    HttpResponse<String> guess = call("127.0.0.3", gateway, path, "wrong", "9.9.9." + path.length());
                    assertThat(guess.statusCode()).as(guess.body()).isIn(401, 429);
                    return guess.statusCode() == 429
                            && guess.headers().firstValue("Retry-After").isPresent();
                });

                assertThat(call("127.0.0.3", gateway, path, ApiExtension.TOKEN, "9.9.9.9")
                                .statusCode())
                        .isEqualTo(200);
                assertThat(call("127.0.0.4", gateway, path, "wrong", "127.0.0.3")
                                .statusCode())
                        .isEqualTo(401);
            }
        }
    }

    private static HttpResponse<String> call(String from, Nginx gateway, String path, String token, String claimed)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .localAddress(InetAddress.ofLiteral(from))
                .build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.2:" + gateway.port() + path))
                            .header("x-token", token)
                            .header("X-Forwarded-For", claimed)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static int status(String path) {
        return new RawCall("GET " + path).withToken().to(api.port()).status();
    }

    private static void put() {
        api.kubernetes()
                .secrets()
                .inNamespace(api.namespace())
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("keptn-api-token")
                        .endMetadata()
                        .addToStringData("keptn-api-token", ApiExtension.TOKEN)
                        .build())
                .createOr(existing -> existing.update());
    }

    private static void remove() {
        api.kubernetes()
                .secrets()
                .inNamespace(api.namespace())
                .withName("keptn-api-token")
                .delete();
    }
}
