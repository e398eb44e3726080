package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sh.keptn.api.HttpCalls.Reply;

/** Service accounts of a real cluster under real Roles, as callers of the API. */
class KubernetesTokenIT {
    private static final String BODY = "{\"resourceContent\":\"eA==\"}";

    @RegisterExtension
    static final ApiExtension api =
            new ApiExtension().with("KEPTN_KUBERNETES_TOKENS", "true").with("KEPTN_WRONG_TOKENS_BURST", "1000");

    private final String account = "sa-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void readsAndWritesFilesOfTheProjectThatItsRoleNames() {
        GivenProject mine = GivenProject.in(api);
        GivenProject other = GivenProject.in(api);
        HttpCalls calls = given(rule(List.of("get", "update"), "keptnprojects/resources", mine.name()));

        Reply written = calls.put(mine.carts() + "/x.txt", BODY);

        assertThat(written.status()).isEqualTo(200);
        assertThat(calls.get(mine.carts() + "/x.txt").status()).isEqualTo(200);
        assertThat(GivenProject.git(mine.clone("dev"), "log", "-1", "--format=%B"))
                .contains("Keptn-Caller: system:serviceaccount:" + api.namespace() + ":" + account);
        Reply deleted = calls.delete(mine.carts() + "/x.txt");
        assertThat(deleted.status()).isEqualTo(403);
        assertThat(deleted.json().path("message").asText())
                .contains(account, "delete keptnprojects/resources.keptn.sh");
        assertThat(calls.get(other.carts() + "/x.txt").status()).isEqualTo(403);
        assertThat(calls.put(other.carts() + "/x.txt", BODY).status()).isEqualTo(403);
    }

    @Test
    void mayNothingWithoutARole() {
        GivenProject project = GivenProject.in(api);
        HttpCalls calls = given();

        assertThat(calls.get(api.endpoint() + "/v1/auth").status()).isEqualTo(200);
        assertThat(calls.get(api.endpoint() + "/controlPlane/v1/project").status())
                .isEqualTo(403);
        assertThat(calls.get(project.carts()).status()).isEqualTo(403);
        assertThat(calls.delete(api.endpoint() + "/controlPlane/v1/project/" + project.name())
                        .status())
                .isEqualTo(403);
        assertThat(calls.post(api.endpoint() + "/v1/event", "{\"type\":\"a\",\"source\":\"b\",\"data\":{}}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void listsProjectsAndStagesByTheVerbsOnTheCustomResources() {
        GivenProject project = GivenProject.in(api);
        HttpCalls calls = given(rule(List.of("get", "list"), "keptnprojects"));
        String base = api.endpoint() + "/controlPlane/v1/project";

        assertThat(calls.get(base + "?pageSize=1000").text()).contains(project.name());
        assertThat(calls.get(base + "/" + project.name() + "/stage/dev").status())
                .isEqualTo(200);
        assertThat(calls.get(base + "/" + project.name() + "/stage/dev/service").status())
                .isEqualTo(403);
        assertThat(calls.get(project.carts()).status()).isEqualTo(403);
    }

    @Test
    void a7IsOneThingInOneHeaderAndTheOtherInTheOther() {
        String token = token(List.of());
        String url = api.endpoint() + "/v1/auth";

        assertThat(bearer(ApiExtension.TOKEN).get(url).status()).isEqualTo(401);
        assertThat(api.withToken(token).get(url).status()).isEqualTo(401);
        assertThat(api.withToken("wrong")
                        .header("Authorization", "Bearer " + token)
                        .get(url)
                        .status())
                .isEqualTo(401);
        assertThat(api.anonymous()
                        .header("Authorization", "Basic " + token)
                        .get(url)
                        .status())
                .isEqualTo(401);
        assertThat(bearer(token).get(url).status()).isEqualTo(200);
    }

    @Test
    void a8RefusesATokenForAnotherAudience() {
        String token = token(List.of("somebody-else"));

        assertThat(bearer(token).get(api.endpoint() + "/v1/auth").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @MethodSource("forged")
    void a8RefusesWhatKubernetesDidNotSign(String token) {
        assertThat(bearer(token).get(api.endpoint() + "/v1/auth").status()).isEqualTo(401);
    }

    static Stream<String> forged() {
        String claims = encode("{\"iss\":\"https://kubernetes.default.svc\",\"sub\":\"system:serviceaccount:keptn:x\","
                + "\"aud\":[\"https://kubernetes.default.svc\"],\"exp\":99999999999}");
        return Stream.of(
                encode("{\"alg\":\"none\"}") + "." + claims + ".",
                encode("{\"alg\":\"HS256\"}") + "." + claims + "." + encode("signature"),
                encode("{\"alg\":\"RS256\"}") + "." + claims + "." + encode("signature"),
                "a.b.c",
                "x");
    }

    @Test
    void a8RefusesTheTokenOfAnAccountThatIsGone() {
        String token = token(List.of());
        assertThat(bearer(token).get(api.endpoint() + "/v1/auth").status()).isEqualTo(200);

        api.kubernetes()
                .serviceAccounts()
                .inNamespace(api.namespace())
                .withName(account)
                .delete();

        Awaitility.await("the token counts no more")
                .until(() -> bearer(token).get(api.endpoint() + "/v1/auth").status() != 200);
    }

    private HttpCalls given(PolicyRule... rules) {
        String token = token(List.of());
        api.kubernetes()
                .rbac()
                .roles()
                .inNamespace(api.namespace())
                .resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName(account)
                        .endMetadata()
                        .withRules(rules)
                        .build())
                .create();
        api.kubernetes()
                .rbac()
                .roleBindings()
                .inNamespace(api.namespace())
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(account)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", account)
                        .addNewSubject("", "ServiceAccount", account, api.namespace())
                        .build())
                .create();
        return bearer(token);
    }

    private static PolicyRule rule(List<String> verbs, String resource, String... names) {
        return new PolicyRuleBuilder()
                .withApiGroups("keptn.sh")
                .withResources(resource)
                .withVerbs(verbs)
                .withResourceNames(names)
                .build();
    }

    /** What {@code kubectl create token} does. */
    private String token(List<String> audiences) {
        api.kubernetes()
                .serviceAccounts()
                .inNamespace(api.namespace())
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(account)
                        .endMetadata()
                        .build())
                .create();
        return api.kubernetes()
                .serviceAccounts()
                .inNamespace(api.namespace())
                .withName(account)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withAudiences(audiences)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }

    private static HttpCalls bearer(String token) {
        return api.anonymous().header("Authorization", "Bearer " + token);
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
