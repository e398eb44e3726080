package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import sh.keptn.api.HttpCalls.Reply;

/** Secrets of integrations, through a server that has no other rights than the shipped ones. */
class SecretIT {
    private static final String CANARY = "c4n4ry-" + UUID.randomUUID();

    @RegisterExtension
    static final ApiExtension api = new ApiExtension().withShippedAccount();

    @AfterEach
    void removeWhatWasMade() {
        api.http()
                .get(secrets())
                .json()
                .path("Secrets")
                .forEach(secret -> api.http()
                        .delete(secrets() + "?name=" + secret.path("name").asText() + "&scope="
                                + secret.path("scope").asText()));
    }

    @Test
    void keepsASecretAsAKubernetesSecretWithKeptnsLabels() {
        // when
        Reply reply = api.http()
                .post(secrets(), "{\"name\":\"slack\",\"scope\":\"dynatrace-service\",\"data\":{\"token\":\"äx\"}}");
        // then
        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        Secret made = secret("slack");
        assertThat(made.getType()).isEqualTo("Opaque");
        assertThat(made.getMetadata().getLabels())
                .containsEntry("app.kubernetes.io/managed-by", "keptn-secret-service")
                .containsEntry("app.kubernetes.io/scope", "dynatrace-service");
        assertThat(values(made)).isEqualTo(Map.of("token", "äx"));
    }

    @Test
    void r34TellsKeysAndNeverValues() {
        // given
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = ((Logger) LoggerFactory.getLogger("sh.keptn")).getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        ((Logger) LoggerFactory.getLogger("sh.keptn")).setLevel(Level.DEBUG);
        try {
            // when
            List<Reply> replies = List.of(
                    api.http().post(secrets(), body("quiet", "keptn-default", CANARY)),
                    api.http().post(secrets(), body("quiet", "keptn-default", CANARY)),
                    api.http().put(secrets(), body("quiet", "keptn-default", CANARY)),
                    api.http().put(secrets(), body("quiet", "nobody", CANARY)),
                    api.http().put(secrets(), body("absent", "keptn-default", CANARY)),
                    api.http().post(secrets(), "{\"name\":\"bare\",\"data\":{\"token\":" + CANARY + "}}"),
                    api.http().post(secrets(), "{\"name\":\"bare\",\"data\":[\"" + CANARY + "\"]}"),
                    api.http().post(secrets(), "{\"name\":\"bare\",\"data\":\"" + CANARY + "\"}"),
                    api.http().get(secrets()),
                    api.http().get(secrets() + "?name=quiet"),
                    api.http().get(api.managementUrl() + "/metrics"));
            // then
            assertThat(replies).extracting(Reply::status).startsWith(201, 409, 200, 400, 404, 400, 400, 400, 200);
            assertThat(replies).allSatisfy(reply -> assertThat(reply.text()).doesNotContain(CANARY));
            assertThat(replies.get(8).json().at("/Secrets/0/keys/0").asText()).isEqualTo("token");
            assertThat(log.list)
                    .isNotEmpty()
                    .allSatisfy(event -> assertThat(everything(event)).doesNotContain(CANARY));
        } finally {
            root.detachAppender(log);
            ((Logger) LoggerFactory.getLogger("sh.keptn")).setLevel(before);
        }
    }

    @Test
    void takesTheDefaultScopeForANewSecretAndInsistsOnOneForAChange() {
        // when
        Reply created = api.http().post(secrets(), "{\"name\":\"plain\",\"data\":{\"a\":\"1\"}}");
        Reply updated = api.http().put(secrets(), "{\"name\":\"plain\",\"data\":{\"a\":\"1\"}}");
        // then
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("scope").asText()).isEqualTo("keptn-default");
        assertThat(created.json().has("data")).isFalse();
        assertThat(updated.status()).isEqualTo(400);
    }

    @Test
    void replacesAllKeys() {
        // given
        api.http().post(secrets(), "{\"name\":\"keys\",\"data\":{\"a\":\"1\",\"b\":\"2\"}}");
        // when
        Reply reply = api.http()
                .put(secrets(), "{\"name\":\"keys\",\"scope\":\"keptn-default\",\"data\":{\"b\":\"3\",\"c\":\"4\"}}");
        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(values(secret("keys"))).isEqualTo(Map.of("b", "3", "c", "4"));
    }

    @Test
    void findsByNameAndByScope() {
        // given
        api.http().post(secrets(), body("one", "keptn-default", "v"));
        api.http().post(secrets(), body("two", "dynatrace-service", "v"));
        // when, then
        assertThat(names("")).containsExactly("one", "two");
        assertThat(names("?name=two")).containsExactly("two");
        assertThat(names("?scope=keptn-default")).containsExactly("one");
        assertThat(names("?name=two&scope=keptn-default")).isEmpty();
        assertThat(names("?name=nobody")).isEmpty();
    }

    @Test
    void namesTheScopesOfKeptnsOwnChart() {
        // when
        Reply reply = api.http().get(api.endpoint() + "/secrets/v1/scope");
        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("scopes"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "dynatrace-service", "keptn-default", "keptn-prometheus-service", "keptn-webhook-service");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST | ``",
                "POST | null",
                "POST | {",
                "POST | []",
                "POST | {}",
                "POST | {\"name\":\"\"}",
                "POST | {\"name\":7}",
                "POST | {\"name\":\"Upper\"}",
                "POST | {\"name\":\"a/b\"}",
                "POST | {\"name\":\"../a\"}",
                "POST | {\"name\":\"a\",\"scope\":\"nobody\"}",
                "POST | {\"name\":\"a\",\"data\":{\"k\":1}}",
                "POST | {\"name\":\"a\",\"data\":{\"k\":null}}",
                "POST | {\"name\":\"a\",\"data\":{\"a b\":\"v\"}}",
                "POST | {\"name\":\"a\",\"data\":{\"..\":\"v\"}}",
                "POST | {\"name\":\"a\",\"data\":{\"\":\"v\"}}",
                "PUT  | {\"name\":\"a\"}",
                "PUT  | {\"name\":\"a\",\"scope\":\"nobody\"}",
            })
    void refusesWhatIsNoSecretAndKeepsNothingOfIt(String method, String body) {
        // when
        Reply reply = method.equals("POST")
                ? api.http().post(secrets(), body)
                : api.http().put(secrets(), body);
        // then
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(names("")).isEmpty();
    }

    @Test
    void refusesNamesAndKeysOfMoreThan253CharactersAndMoreThanAMegabyteInAll() {
        // given
        String longest = "a".repeat(253);
        // when
        Reply name = api.http().post(secrets(), body(longest + "a", "keptn-default", "v"));
        Reply key = api.http().post(secrets(), "{\"name\":\"a\",\"data\":{\"" + longest + "a\":\"v\"}}");
        Reply value = api.http().post(secrets(), body("a", "keptn-default", "v".repeat((1 << 20) + 1)));
        Reply just = api.http()
                .post(
                        secrets(),
                        "{\"name\":\"" + longest + "\",\"data\":{\"" + longest + "\":\"" + "v".repeat(1 << 20)
                                + "\"}}");
        // then
        assertThat(List.of(name, key, value, just)).extracting(Reply::status).containsExactly(400, 400, 413, 201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?name=a", "?scope=keptn-default", "", "?name=a&scope=nobody", "?name=A&scope=keptn-default"})
    void wantsAKnownScopeAndANameToDelete(String query) {
        assertThat(api.http().delete(secrets() + query).status()).isEqualTo(400);
    }

    @Test
    void says404ForAnAbsentSecretAndForOneOfAnotherScope() {
        // given
        api.http().post(secrets(), body("there", "dynatrace-service", "v"));
        // when
        Reply update = api.http().put(secrets(), body("absent", "keptn-default", "v"));
        Reply delete = api.http().delete(secrets() + "?name=absent&scope=keptn-default");
        Reply elsewhere = api.http().delete(secrets() + "?name=there&scope=keptn-default");
        // then
        assertThat(List.of(update, delete, elsewhere)).extracting(Reply::status).containsOnly(404);
        assertThat(names("")).containsExactly("there");
    }

    @Test
    void doesNotKnowSecretsThatAreNotItsOwn() {
        // given
        foreign("foreign");
        foreign("git-credentials-sock");
        foreign("keptn-api-token");
        for (String name : List.of("foreign", "git-credentials-sock", "keptn-api-token", "git-credentials-to-come")) {
            // when
            Reply post = api.http().post(secrets(), body(name, "keptn-default", "mine"));
            Reply put = api.http().put(secrets(), body(name, "keptn-default", "mine"));
            Reply delete = api.http().delete(secrets() + "?name=" + name + "&scope=keptn-default");
            // then
            assertThat(post.status()).as(name).isEqualTo(409);
            assertThat(post.json().path("message").asText())
                    .isEqualTo("the secret name '" + name + "' is not available");
            assertThat(put.status()).as(name).isEqualTo(404);
            assertThat(delete.status()).as(name).isEqualTo(404);
            assertThat(names("?name=" + name)).isEmpty();
        }
        assertThat(names("")).isEmpty();
        for (String name : List.of("foreign", "git-credentials-sock", "keptn-api-token")) {
            assertThat(values(secret(name))).isEqualTo(Map.of("theirs", CANARY));
            assertThat(secret(name).getMetadata().getManagedFields()).hasSize(1);
        }
        assertThat(secret("git-credentials-to-come", false)).isNull();
    }

    @Test
    void letsTheAccountOfAScopeReadItsSecretsAndNoOther() {
        // given
        api.http().post(secrets(), body("first", "keptn-default", "v"));
        api.http().post(secrets(), body("second", "keptn-default", "v"));
        api.http().post(secrets(), body("elsewhere", "dynatrace-service", "v"));
        foreign("not-theirs");
        try (KubernetesClient account = api.kubernetesAs("keptn-default")) {
            // when
            var readable = account.secrets().inNamespace(api.namespace());
            // then
            Awaitility.await("Kubernetes has seen the RoleBinding")
                    .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                    .untilAsserted(
                            () -> assertThat(values(readable.withName("second").get()))
                                    .isEqualTo(Map.of("token", "v")));
            assertThat(values(readable.withName("first").get())).isEqualTo(Map.of("token", "v"));
            for (String other : List.of("elsewhere", "not-theirs")) {
                assertThatThrownBy(() -> readable.withName(other).get())
                        .isInstanceOfSatisfying(
                                KubernetesClientException.class,
                                e -> assertThat(e.getCode()).isEqualTo(403));
            }
            assertThatThrownBy(() -> readable.withName("first").delete()).isInstanceOf(KubernetesClientException.class);
        }
        api.kubernetes()
                .secrets()
                .inNamespace(api.namespace())
                .withName("not-theirs")
                .delete();
    }

    @Test
    void makesRoleAndRoleBindingAsKeptnDoesAndTakesThemAwayWithTheLastSecret() {
        // given
        api.http().post(secrets(), body("b", "keptn-webhook-service", "v"));
        api.http().post(secrets(), body("a", "keptn-webhook-service", "v"));
        // when
        Role role = role("keptn-webhook-svc-read");
        RoleBinding binding = api.kubernetes()
                .rbac()
                .roleBindings()
                .inNamespace(api.namespace())
                .withName("keptn-webhook-service-rolebinding")
                .get();
        // then
        assertThat(role.getRules()).singleElement().satisfies(rule -> {
            assertThat(rule.getVerbs()).containsExactly("get");
            assertThat(rule.getResources()).containsExactly("secrets");
            assertThat(rule.getApiGroups()).containsExactly("");
            assertThat(rule.getResourceNames()).containsExactly("a", "b");
        });
        assertThat(Stream.of(role, binding))
                .allSatisfy(object -> assertThat(object.getMetadata().getLabels())
                        .containsEntry("app.kubernetes.io/managed-by", "keptn-secret-service")
                        .containsEntry("app.kubernetes.io/scope", "keptn-webhook-service"));
        assertThat(binding.getRoleRef().getName()).isEqualTo("keptn-webhook-svc-read");
        assertThat(binding.getSubjects()).singleElement().satisfies(subject -> {
            assertThat(subject.getKind()).isEqualTo("ServiceAccount");
            assertThat(subject.getName()).isEqualTo("keptn-webhook-service");
        });

        // when
        api.http().delete(secrets() + "?name=a&scope=keptn-webhook-service");
        // then
        assertThat(role("keptn-webhook-svc-read").getRules().getFirst().getResourceNames())
                .containsExactly("b");

        // when
        Reply last = api.http().delete(secrets() + "?name=b&scope=keptn-webhook-service");
        // then
        assertThat(last.status()).isEqualTo(200);
        assertThat(last.body()).isEmpty();
        assertThat(api.kubernetes()
                        .rbac()
                        .roles()
                        .inNamespace(api.namespace())
                        .list()
                        .getItems())
                .extracting(found -> found.getMetadata().getName())
                .containsExactly("keptn-api-server");
        assertThat(api.kubernetes()
                        .rbac()
                        .roleBindings()
                        .inNamespace(api.namespace())
                        .list()
                        .getItems())
                .extracting(found -> found.getMetadata().getName())
                .containsExactly("keptn-api-server");
    }

    @Test
    void movesASecretToAnotherScopeWithTheRightToReadIt() {
        // given
        api.http().post(secrets(), body("moved", "keptn-default", "v"));
        // when
        Reply reply = api.http().put(secrets(), body("moved", "dynatrace-service", "w"));
        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(names("?scope=dynatrace-service")).containsExactly("moved");
        assertThat(role("keptn-dynatrace-svc-read").getRules().getFirst().getResourceNames())
                .containsExactly("moved");
        assertThat(api.kubernetes()
                        .rbac()
                        .roles()
                        .inNamespace(api.namespace())
                        .withName("keptn-secrets-default-read")
                        .get())
                .isNull();
    }

    @Test
    void leavesARoleOfSomebodyElseAloneAndMakesNoSecretThen() {
        // given
        var roles = api.kubernetes().rbac().roles().inNamespace(api.namespace());
        roles.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName("keptn-prometheus-svc-read")
                        .endMetadata()
                        .build())
                .create();
        // when
        Reply reply = api.http().post(secrets(), body("stranded", "keptn-prometheus-service", "v"));
        // then
        assertThat(reply.status()).as(reply.toString()).isEqualTo(409);
        assertThat(names("")).isEmpty();
        assertThat(role("keptn-prometheus-svc-read").getRules()).isNullOrEmpty();
        roles.withName("keptn-prometheus-svc-read").delete();
    }

    @Test
    void grantsEverySecretWhenManyAreMadeAtOneMoment() throws Exception {
        // given
        List<String> names = IntStream.range(0, 8).mapToObj(i -> "many" + i).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // when
            List<Future<Reply>> replies = threads.invokeAll(names.stream()
                    .map(name -> (Callable<Reply>) () -> api.http().post(secrets(), body(name, "keptn-default", "v")))
                    .toList());
            // then
            for (Future<Reply> reply : replies) {
                assertThat(reply.get().status()).as(reply.get().toString()).isEqualTo(201);
            }
        }
        assertThat(role("keptn-secrets-default-read").getRules().getFirst().getResourceNames())
                .containsExactlyElementsOf(names);
    }

    @Test
    void asksForTheTokenBeforeEverythingElse() {
        assertThat(api.anonymous().get(secrets()).status()).isEqualTo(401);
        assertThat(api.anonymous().get(api.endpoint() + "/secrets/v1/nothing").status())
                .isEqualTo(401);
        assertThat(api.http().get(api.endpoint() + "/secrets/v1/nothing").status())
                .isEqualTo(404);
        assertThat(api.http().get(api.endpoint() + "/secrets/health").status()).isEqualTo(200);
    }

    private static String secrets() {
        return api.endpoint() + "/secrets/v1/secret";
    }

    private static String body(String name, String scope, String value) {
        return "{\"name\":\"" + name + "\",\"scope\":\"" + scope + "\",\"data\":{\"token\":\"" + value + "\"}}";
    }

    private static List<String> names(String query) {
        Reply reply = api.http().get(secrets() + query);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json().path("Secrets").findValuesAsText("name");
    }

    private static void foreign(String name) {
        api.kubernetes()
                .secrets()
                .inNamespace(api.namespace())
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .addToStringData("theirs", CANARY)
                        .build())
                .create();
    }

    private static Secret secret(String name) {
        Secret found = secret(name, true);
        assertThat(found).as(name).isNotNull();
        return found;
    }

    private static @Nullable Secret secret(String name, boolean there) {
        Secret found = api.kubernetes()
                .secrets()
                .inNamespace(api.namespace())
                .withName(name)
                .get();
        assertThat(found != null).as(name).isEqualTo(there);
        return found;
    }

    private static Role role(String name) {
        return api.kubernetes()
                .rbac()
                .roles()
                .inNamespace(api.namespace())
                .withName(name)
                .get();
    }

    private static Map<String, String> values(Secret secret) {
        return secret.getData().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new String(Base64.getDecoder().decode(entry.getValue()), StandardCharsets.UTF_8)));
    }

    /** All that a log line can show: the message, its keys, and every cause. */
    private static String everything(ILoggingEvent event) {
        StringBuilder text = new StringBuilder(event.getFormattedMessage()).append(event.getKeyValuePairs());
        for (var cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
            text.append(cause.getMessage());
        }
        return text.toString();
    }
}
