package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.api.HttpCalls.Reply;
import sh.keptn.crds.Annotations;

/** Tokens with names, scopes and projects, in Secrets. */
class NamedTokenIT {
    @RegisterExtension
    static final ApiExtension api = new ApiExtension().with("KEPTN_WRONG_TOKENS_BURST", "1000");

    private final String value = "token-" + UUID.randomUUID();
    private final String name = "t-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void mayDoWhatItsScopesSayOnItsProjectsAndNothingElse() {
        GivenProject mine = GivenProject.in(api);
        GivenProject other = GivenProject.in(api);
        given(Map.of("token", value, "scopes", "resources:read keptn:projects:read", "projects", mine.name()));

        assertThat(get(mine.carts()).status()).isEqualTo(200);
        Reply otherProject = get(other.carts());
        Reply otherScope = api.withToken(value).put(mine.carts() + "/x.txt", "{\"resourceContent\":\"eA==\"}");
        assertThat(otherProject.status()).isEqualTo(403);
        assertThat(otherProject.json().path("message").asText()).contains(name, other.name());
        assertThat(otherScope.status()).isEqualTo(403);
        assertThat(otherScope.json().path("message").asText()).contains(name, "resources:write");
        assertThat(get(mine.resources().replace("/resource-service/v1", "/controlPlane/v1") + "/stage")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void seesOnlyItsProjectsInTheList() {
        GivenProject mine = GivenProject.in(api);
        GivenProject other = GivenProject.in(api);
        given(Map.of("token", value, "scopes", "projects:read", "projects", mine.name()));

        String projects =
                get(api.endpoint() + "/controlPlane/v1/project?pageSize=1000").text();

        assertThat(projects).contains(mine.name()).doesNotContain(other.name());
    }

    @Test
    void isKnownByItsDigestAlone() throws Exception {
        String digest = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8)));
        given(Map.of("sha256", digest, "scopes", "*", "projects", "*"));

        assertThat(get(api.endpoint() + "/v1/metadata").status()).isEqualTo(200);
        assertThat(api.withToken(digest).get(api.endpoint() + "/v1/metadata").status())
                .isEqualTo(401);
    }

    @Test
    void changesWithoutARestartAndWithTwoValuesAtATime() {
        String next = "token-" + UUID.randomUUID();
        given(Map.of("token", value, "scopes", "*", "projects", "*"));

        put(Map.of("token", value, "token-next", next, "scopes", "*", "projects", "*"));
        Awaitility.await("the next value").until(() -> status(next) == 200);
        assertThat(status(value)).isEqualTo(200);

        put(Map.of("token", next, "scopes", "*", "projects", "*"));
        Awaitility.await("the first value is gone").until(() -> status(value) == 401);
        assertThat(status(next)).isEqualTo(200);

        secrets().delete();
        Awaitility.await("the token is gone").until(() -> status(next) == 401);
    }

    @Test
    void expires() {
        given(Map.of("token", value, "scopes", "*", "projects", "*"));

        put(Map.of("token", value, "scopes", "*", "projects", "*", "expires", "2020-01-01T00:00:00Z"));

        Awaitility.await("the token has expired").until(() -> status(value) == 401);
    }

    @Test
    void countsOnlyWithTheLabel() {
        api.kubernetes()
                .secrets()
                .inNamespace(api.namespace())
                .resource(secret(Map.of("token", value, "scopes", "*", "projects", "*"))
                        .edit()
                        .editMetadata()
                        .withLabels(Map.of())
                        .endMetadata()
                        .build())
                .create();
        String seen = "token-" + UUID.randomUUID();
        new NamedTokenIT().given(Map.of("token", seen, "scopes", "*", "projects", "*"), seen);

        assertThat(status(value)).isEqualTo(401);
    }

    @Test
    void isNoBearerToken() {
        given(Map.of("token", value, "scopes", "*", "projects", "*"));

        assertThat(api.anonymous()
                        .header("Authorization", "Bearer " + value)
                        .get(api.endpoint() + "/v1/metadata")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void tellsOnItsSecretWhenItWasUsedAndInTheCommitWhoItWas() {
        GivenProject mine = GivenProject.in(api);
        given(Map.of("token", value, "scopes", "resources:write", "projects", mine.name()));

        Reply written = api.withToken(value).put(mine.carts() + "/x.txt", "{\"resourceContent\":\"eA==\"}");

        assertThat(written.status()).isEqualTo(200);
        assertThat(GivenProject.git(mine.clone("dev"), "log", "-1", "--format=%B"))
                .contains("Keptn-Caller: " + name)
                .doesNotContain(value);
        Awaitility.await("the last use").until(() -> {
            Secret secret = secrets().get();
            Map<String, String> annotations = secret.getMetadata().getAnnotations();
            return annotations != null
                    && annotations.containsKey(Annotations.LAST_USED)
                    && Instant.parse(annotations.get(Annotations.LAST_USED)).isAfter(Instant.EPOCH);
        });
    }

    @Test
    void namesTheProjectOfTheEventsItAsksFor() {
        given(Map.of("token", value, "scopes", "events:read events:write", "projects", "mine"));

        assertThat(get(api.endpoint() + "/mongodb-datastore/event?keptnContext=abc")
                        .status())
                .isEqualTo(403);
        assertThat(get(api.endpoint() + "/mongodb-datastore/event?project=other")
                        .status())
                .isEqualTo(403);
        assertThat(api.withToken(value)
                        .post(
                                api.endpoint() + "/v1/event",
                                "{\"type\":\"sh.keptn.event.dev.x.triggered\",\"source\":\"me\","
                                        + "\"data\":{\"project\":\"other\"}}")
                        .status())
                .isEqualTo(403);
    }

    private static Reply call(String token, String url) {
        return api.withToken(token).get(url);
    }

    private Reply get(String url) {
        return call(value, url);
    }

    private static int status(String token) {
        return call(token, api.endpoint() + "/v1/auth").status();
    }

    private void given(Map<String, String> data) {
        given(data, value);
    }

    private void given(Map<String, String> data, String token) {
        put(data);
        Awaitility.await("the token is known").until(() -> status(token) == 200);
    }

    private Resource<Secret> secrets() {
        return api.kubernetes().secrets().inNamespace(api.namespace()).withName(name);
    }

    private void put(Map<String, String> data) {
        api.kubernetes()
                .secrets()
                .inNamespace(api.namespace())
                .resource(secret(data))
                .createOr(existing -> existing.update());
    }

    private Secret secret(Map<String, String> data) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("keptn.sh/api-token", "true")
                .endMetadata()
                .withStringData(data)
                .build();
    }
}
