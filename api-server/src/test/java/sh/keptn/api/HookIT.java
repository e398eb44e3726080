package sh.keptn.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.api.HttpCalls.Reply;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.WebhookToken;

/** Pushes that Git hosts announce: A23, A25 and the limit of webhooks in promises. */
class HookIT {
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("kubectl")
            .withForce(true)
            .build();
    private static final int LIMIT = 1 << 20;
    private static final String PUSH = "{\"ref\":\"refs/heads/dev\"}";

    @RegisterExtension
    static final ApiExtension api =
            new ApiExtension().with("KEPTN_WEBHOOK_SECRET", "shared-webhook").with("KEPTN_WRONG_TOKENS_BURST", "1000");

    private final String token = UUID.randomUUID().toString();
    private GivenProject project;

    @BeforeEach
    void aProjectWithItsOwnSecret() {
        project = GivenProject.in(api);
        secret(project.name(), token);
        bind(project, project.name());
        await("the server knows project and Secret")
                .until(() -> signed(ping(), PUSH, token).status() == 202);
    }

    @Test
    void stampsTheProjectOfARightCall() {
        Reply reply = signed(api.anonymous(), PUSH, token);

        assertThat(reply.status()).isEqualTo(202);
        awaitStamp(project);
    }

    @Test
    void takesACallOfEveryHost() {
        byte[] body = PUSH.getBytes(UTF_8);
        String hex = hmac(token, body);

        assertThat(List.of(
                        api.anonymous().header("X-Hub-Signature-256", "sha256=" + hex),
                        api.anonymous().header("X-Gitea-Signature", hex),
                        api.anonymous().header("X-Forgejo-Signature", hex),
                        api.anonymous().header("X-Gitlab-Token", token),
                        api.anonymous().header("X-Hub-Signature", "sha256=" + hex),
                        api.anonymous().header("X-Signature", "sha256=" + hex)))
                .allSatisfy(call ->
                        assertThat(post(call, path(token), body).status()).isEqualTo(202));
    }

    @Test
    void takesAPingAndStampsNothing() {
        Reply reply = signed(ping(), PUSH, token);

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().path("message").asText()).contains("nothing to do");
        assertThat(stamp(project)).isEmpty();
    }

    @Test
    void a23GivesOneAnswerToWhateverIsUnknownOrNotSignedRight() {
        byte[] body = PUSH.getBytes(UTF_8);
        String right = "sha256=" + hmac(token, body);
        HttpCalls signed = api.anonymous().header("X-Hub-Signature-256", right);
        String elsewhere = WebhookToken.of(token).path(api.namespace(), "unknown");
        String capitals = filled("/hooks/git/P/")
                + WebhookToken.of(token).opaque(api.namespace(), project.name()).toUpperCase(Locale.ROOT);
        String wrongOpaque = path(token).replaceAll("[0-9a-f]{64}$", "0".repeat(64));

        List<Reply> refused = Stream.of(
                        post(api.anonymous(), path(token), body),
                        post(api.http(), path(token), body),
                        post(
                                api.anonymous().header("X-Hub-Signature-256", "sha256=" + "0".repeat(64)),
                                path(token),
                                body),
                        post(signed, path(token), "{}".getBytes(UTF_8)),
                        post(signed, elsewhere, body),
                        post(signed, wrongOpaque, body),
                        post(signed, capitals, body),
                        post(api.anonymous().header("X-Gitlab-Token", "another-token-0123456789"), path(token), body),
                        post(api.anonymous().header("X-Signature", right.replace("sha256", "sha1")), path(token), body),
                        post(signed.header("X-Hub-Signature-256", right), path(token), body),
                        post(api.anonymous(), elsewhere, body))
                .toList();

        assertThat(refused).hasSize(11).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.body()).isEqualTo(refused.getFirst().body());
        });
        assertThat(stamp(project)).isEmpty();
    }

    @Test
    void a23RefusesACallThatIsSignedWithTheTokenOfAnotherProject() {
        String other = UUID.randomUUID().toString();
        secret(project.name() + "-other", other);

        assertThat(signed(api.anonymous(), PUSH, other).status()).isEqualTo(404);
        assertThat(stamp(project)).isEmpty();
    }

    @Test
    void a23TakesADeliveryAgainWithoutASecondEffect() {
        signed(api.anonymous().header("X-GitHub-Delivery", "72d3162e"), PUSH, token);
        awaitStamp(project);
        KeptnProject before = resource(project);

        List<Integer> again = Stream.generate(
                        () -> signed(api.anonymous().header("X-GitHub-Delivery", "72d3162e"), PUSH, token))
                .limit(10)
                .map(Reply::status)
                .toList();

        assertThat(again).containsOnly(202);
        KeptnProject after = resource(project);
        assertThat(after.getSpec()).isEqualTo(before.getSpec());
        assertThat(after.getMetadata().getGeneration())
                .isEqualTo(before.getMetadata().getGeneration());
        assertThat(after.getMetadata().getAnnotations().keySet())
                .isEqualTo(before.getMetadata().getAnnotations().keySet());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ref\":\"refs/heads/../../x\",\"repository\":{\"clone_url\":\"http://169.254.169.254/x.git\"}}",
                "{\"repository\":{\"full_name\":\"someone/else\"},\"project\":\"OTHER\"}",
                "not json at all \u0000\r\n\r\n",
                "",
            })
    void a25LooksAtNothingButTheProjectOfThePath(String template) {
        GivenProject other = GivenProject.in(api);
        String body = template.replace("OTHER", other.name());

        Reply reply = signed(api.anonymous(), body, token);

        assertThat(reply.status()).isEqualTo(202);
        awaitStamp(project);
        assertThat(stamp(other)).isEmpty();
        assertThat(resource(project).getSpec().git().url()).contains(project.name());
    }

    @Test
    void takesABodyOfAMegabyte() {
        byte[] body = filled(LIMIT);

        assertThat(signed(api.anonymous(), path(token), body, BodyPublishers.ofByteArray(body))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void refusesALargerBodyWithALengthAndInChunksWhetherThereIsSuchAProjectOrNot() {
        byte[] body = filled(LIMIT + 1);
        String unknown = WebhookToken.of(token).path(api.namespace(), "unknown");

        for (String path : List.of(path(token), unknown)) {
            assertThat(signed(api.anonymous(), path, body, BodyPublishers.ofByteArray(body))
                            .status())
                    .isEqualTo(413);
            assertThat(signed(
                                    api.anonymous(),
                                    path,
                                    body,
                                    BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                            .status())
                    .isEqualTo(413);
        }
        assertThat(stamp(project)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
    void refusesOtherMethodsWhetherThereIsSuchAProjectOrNot(String method) {
        String unknown = WebhookToken.of(token).path(api.namespace(), "unknown");

        for (String path : List.of(path(token), unknown)) {
            Reply reply = api.anonymous()
                    .header("X-Gitlab-Token", token)
                    .call(method, root() + path, BodyPublishers.noBody(), Optional.empty());
            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.header("Allow")).contains("POST");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/hooks/git/P", "/hooks/git/P/O/more", "/hooks/git/P/O/", "/hooks/P/O", "/api/hooks/git/P/O"})
    void knowsNoOtherPath(String template) {
        assertThat(post(api.anonymous().header("X-Gitlab-Token", token), filled(template), PUSH.getBytes(UTF_8))
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/hooks/git/../git/P/O", "/hooks/git/%2e%2e/P/O", "/hooks/git/P%2fO", "/hooks/git/x%2F..%2FP/O"})
    void isNotMisledByAPath(String template) {
        assertThat(post(api.anonymous().header("X-Gitlab-Token", token), filled(template), PUSH.getBytes(UTF_8))
                        .status())
                .isIn(400, 404);
        assertThat(stamp(project)).isEmpty();
    }

    @Test
    void followsARotatedTokenToItsNewAddressAndLeavesTheOldOne() {
        String next = UUID.randomUUID().toString();

        secret(project.name(), next);

        await().untilAsserted(() -> {
            assertThat(signed(ping(), PUSH, next).status()).isEqualTo(202);
            assertThat(signed(ping(), PUSH, token).status()).isEqualTo(404);
        });
    }

    @Test
    void usesTheSharedSecretWhereAProjectNamesNone() {
        GivenProject unbound = GivenProject.in(api);
        secret("shared-webhook", "one-token-for-all-of-them\n");
        String path = WebhookToken.of("one-token-for-all-of-them").path(api.namespace(), unbound.name());
        byte[] body = PUSH.getBytes(UTF_8);

        await().untilAsserted(() -> assertThat(
                        post(api.anonymous().header("X-Gitlab-Token", "one-token-for-all-of-them"), path, body)
                                .status())
                .isEqualTo(202));
    }

    @Test
    void isShutForAProjectWhoseTokenIsTooShort() {
        String path = path(token);
        secret(project.name(), "short");

        await().untilAsserted(() -> assertThat(signed(ping(), path, PUSH.getBytes(UTF_8), BodyPublishers.ofString(PUSH))
                        .status())
                .isEqualTo(404));
        assertThat(post(api.anonymous().header("X-Gitlab-Token", "short"), path, new byte[0])
                        .status())
                .isEqualTo(404);
    }

    private static HttpCalls ping() {
        return api.anonymous().header("X-GitHub-Event", "ping");
    }

    private String path(String of) {
        return WebhookToken.of(of).path(api.namespace(), project.name());
    }

    private String filled(String template) {
        String opaque = WebhookToken.of(token).opaque(api.namespace(), project.name());
        return template.replace("P", project.name()).replace("O", opaque);
    }

    private Reply signed(HttpCalls calls, String body, String with) {
        byte[] bytes = body.getBytes(UTF_8);
        return post(calls.header("X-Hub-Signature-256", "sha256=" + hmac(with, bytes)), path(with), bytes);
    }

    private Reply signed(HttpCalls calls, String path, byte[] body, BodyPublisher publisher) {
        return calls.header("X-Hub-Signature-256", "sha256=" + hmac(token, body))
                .call("POST", root() + path, publisher, Optional.of("application/json"));
    }

    private static Reply post(HttpCalls calls, String path, byte[] body) {
        return calls.call("POST", root() + path, BodyPublishers.ofByteArray(body), Optional.of("application/json"));
    }

    private static String root() {
        return api.endpoint().replaceAll("/api$", "");
    }

    private static byte[] filled(int length) {
        byte[] body = new byte[length];
        Arrays.fill(body, (byte) 'x');
        return body;
    }

    private static String hmac(String key, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void secret(String name, String value) {
        api.kubernetes()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(api.namespace())
                        .endMetadata()
                        .addToStringData("token", value)
                        .build())
                .patch(APPLY);
    }

    private static void bind(GivenProject to, String secret) {
        api.kubernetes()
                .resources(KeptnProject.class)
                .inNamespace(api.namespace())
                .withName(to.name())
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"webhook\":{\"secretRef\":{\"name\":\"" + secret + "\"}}}}");
    }

    private static KeptnProject resource(GivenProject of) {
        return Objects.requireNonNull(api.kubernetes()
                .resources(KeptnProject.class)
                .inNamespace(api.namespace())
                .withName(of.name())
                .get());
    }

    private static Optional<String> stamp(GivenProject of) {
        return Optional.ofNullable(resource(of).getMetadata().getAnnotations())
                .map(annotations -> annotations.get(Annotations.REQUESTED_AT));
    }

    private static void awaitStamp(GivenProject of) {
        await("stamped").until(() -> stamp(of).isPresent());
    }
}
