package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.api.HttpCalls.Reply;

/** Config packages, sent as a form. */
class ImportIT {
    private static final String LEAST = "apiVersion: v1beta1\n";

    @RegisterExtension
    static final ApiExtension api = new ApiExtension().with("KEPTN_MAX_IMPORT_SIZE", "8Mi");

    private static @Nullable GivenProject made;

    @BeforeAll
    static void makeAProject() {
        made = GivenProject.in(api);
    }

    @AfterEach
    void leavesNoUploadBehind() throws IOException {
        try (Stream<Path> left = Files.list(api.folder("api").resolve("imports"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void writesFilesIntoOneStageAndIntoAllOfThem() {
        // given
        byte[] zip = GivenZip.of(Map.of(
                "manifest.yaml", """
                        apiVersion: v1beta1
                        tasks:
                          - id: one
                            name: One stage
                            type: resource
                            resource: files/hook.yaml
                            resourceUri: webhook/webhook.yaml
                            stage: dev
                            service: carts
                            context:
                              event: sh.keptn.event.[[ .Inputs.project ]].triggered
                          - id: all
                            type: resource
                            resource: files/plain.txt
                            resourceUri: /plain.txt
                            context:
                              again: "[[ .Tasks.one.Context.event ]]"
                              commit: "[[- .Tasks.one.Response.commitID -]]"
                        """,
                "files/hook.yaml", "type: [[ .Context.event ]]\nurl: {{.secret.slack.token}}[[/* a note */]]\n",
                "files/plain.txt", "[[ .Context.again ]] [[ .Context.commit ]] [[ .Project ]]"));
        // when
        Reply reply = send(zip);
        // then
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        JsonNode summary = reply.json();
        assertThat(summary.path("outcome").asText()).isEqualTo("success");
        assertThat(summary.at("/tasks/0/task/Task/ID").asText()).isEqualTo("one");
        assertThat(summary.at("/tasks/0/task/Task/Name").asText()).isEqualTo("One stage");
        String event = "sh.keptn.event." + project().name() + ".triggered";
        String commit = summary.at("/tasks/0/response/commitID").asText();
        assertThat(commit).hasSize(40);
        assertThat(project().clone("dev").resolve("carts/webhook/webhook.yaml"))
                .hasContent("type: " + event + "\nurl: {{.secret.slack.token}}\n");
        for (String stage : List.of("dev", "staging")) {
            assertThat(project().clone(stage).resolve("plain.txt"))
                    .hasContent(event + " " + commit + " " + project().name());
        }
    }

    @Test
    void makesASecretAndSaysNothingOfItsValue() {
        // given
        byte[] zip = GivenZip.of(
                Map.of(
                        "manifest.yaml", """
                        apiVersion: v1beta1
                        tasks:
                          - id: secret
                            type: api
                            action: keptn-api-v1-uniform-create-secret
                            payload: api/secret.json
                            context: {token: hush-hush}
                        """,
                        "api/secret.json",
                                "{\"name\":\"imported\",\"scope\":\"keptn-default\",\"data\":{\"token\":\"[[ .Context.token ]]\"}}"));
        // when
        Reply reply = send(zip);
        // then
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.text()).doesNotContain("hush-hush");
        assertThat(reply.json().at("/tasks/0/response/name").asText()).isEqualTo("imported");
        assertThat(api.kubernetes()
                        .secrets()
                        .inNamespace(api.namespace())
                        .withName("imported")
                        .get()
                        .getData())
                .containsEntry(
                        "token", Base64.getEncoder().encodeToString("hush-hush".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void endsAtTheFirstTaskThatFailsAndKeepsWhatWasDone() {
        // given
        byte[] zip = GivenZip.of(Map.of("manifest.yaml", """
                        apiVersion: v1beta1
                        tasks:
                          - {id: first, type: resource, resource: a, resourceUri: first.txt, stage: dev}
                          - {id: second, type: resource, resource: a, resourceUri: second.txt, stage: nowhere}
                          - {id: third, type: resource, resource: a, resourceUri: third.txt, stage: dev}
                        """, "a", "x"));
        // when
        Reply reply = send(zip);
        // then
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("message").asText())
                .startsWith("task second: ")
                .contains("nowhere");
        Path dev = project().clone("dev");
        assertThat(dev.resolve("first.txt")).exists();
        assertThat(dev.resolve("third.txt")).doesNotExist();
    }

    @Test
    void saysThatASubscriptionCannotBeMadeHere() {
        // given
        byte[] zip = GivenZip.of(Map.of("manifest.yaml", """
                        apiVersion: v1beta1
                        tasks:
                          - {id: hook, type: api, action: keptn-api-v1-uniform-create-webhook-subscription, payload: a}
                        """, "a", "{}"));
        // when
        Reply reply = send(zip);
        // then
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("message").asText()).contains("task hook", "not available");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{",
                "a: &a [*a]",
                "tasks: []",
                "apiVersion: v1",
                "apiVersion: v1beta1\ntasks: 7",
                "apiVersion: v1beta1\ntasks: [{type: api}]",
                "apiVersion: v1beta1\ntasks: [{id: a-b, type: api, action: keptn-api-v1-create-service, payload: a}]",
                "apiVersion: v1beta1\ntasks: [{id: a, type: other}]",
                "apiVersion: v1beta1\ntasks: [{id: a, type: api, action: format-disk, payload: a}]",
                "apiVersion: v1beta1\ntasks: [{id: a, type: api, action: keptn-api-v1-create-service}]",
                "apiVersion: v1beta1\ntasks: [{id: a, type: api, action: keptn-api-v1-create-service, payload: absent}]",
                "apiVersion: v1beta1\ntasks: [{id: a, type: api, action: keptn-api-v1-create-service, payload: a, resource: a}]",
                "apiVersion: v1beta1\ntasks: [{id: a, type: resource, resource: a}]",
                "apiVersion: v1beta1\ntasks: [{id: a, type: resource, resource: ../../etc/passwd, resourceUri: x}]",
                "apiVersion: v1beta1\ntasks: [{id: a, type: resource, resource: a, resourceUri: ../x, stage: dev}]",
                "apiVersion: v1beta1\ntasks: [{id: a, type: resource, resource: a, resourceUri: x, stage: '[[ .No ]]'}]",
                "apiVersion: v1beta1\ntasks: [{id: a, type: resource, resource: a, resourceUri: x, context: {k: '[[ len 3 ]]'}}]",
                "apiVersion: v1beta1\ntasks: [{id: a, type: resource, resource: a, resourceUri: x, context: {k: '[[ .In'}}]",
                "apiVersion: v1beta1\ntasks: [{id: a, type: resource, resource: a, resourceUri: x, context: {k: [v]}}]",
                "apiVersion: v1beta1\ntasks: [{id: a, type: resource, resource: a, resourceUri: x}, {id: a, type: resource, resource: a, resourceUri: y}]",
            })
    void refusesAManifestThatBreaksARule(String manifest) {
        // given
        String before = project().log("dev");
        // when
        Reply reply = send(GivenZip.of(Map.of("manifest.yaml", manifest, "a", "{}")));
        // then
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(project().log("dev")).isEqualTo(before);
    }

    @Test
    void refusesWhatIsNoPackage() {
        assertThat(send("no zip".getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(415);
        assertThat(send(new byte[0]).status()).isEqualTo(415);
        assertThat(send(GivenZip.of(Map.of("other.yaml", LEAST))).status()).isEqualTo(415);
        assertThat(send(GivenZip.of(Map.of("folder/manifest.yaml", LEAST))).status())
                .isEqualTo(415);
        byte[] cut = GivenZip.of(Map.of("manifest.yaml", LEAST));
        assertThat(send(Arrays.copyOf(cut, cut.length - 10)).status()).isEqualTo(415);
        assertThat(send(GivenZip.of(Map.of("manifest.yaml", LEAST))).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/x", "a/../../x", "a\\..\\x", "a\u0000b", "a\nb"})
    void refusesNamesThatLeaveThePackage(String name) {
        assertThat(send(GivenZip.of(Map.of("manifest.yaml", LEAST, name, "x"))).status())
                .isEqualTo(415);
    }

    @Test
    void refusesPackagesAboveTheLimits() {
        // given
        byte[] noise = new byte[(5 << 20) / 2];
        new Random(1).nextBytes(noise);
        String text = HexFormat.of().formatHex(noise);
        Map<String, String> many = new HashMap<>(Map.of("manifest.yaml", LEAST));
        for (int i = 0; i < 5_000; i++) {
            many.put("f" + i, "");
        }
        // when
        Reply unpacked = send(GivenZip.of(Map.of("manifest.yaml", LEAST, "a", text, "b", text)));
        Reply bomb = send(GivenZip.of(Map.of("manifest.yaml", LEAST, "a", "0".repeat(7 << 20))));
        Reply entries = send(GivenZip.of(many));
        Reply body = send(new byte[9 << 20]);
        // then
        assertThat(List.of(unpacked, bomb, entries, body))
                .extracting(Reply::status)
                .containsExactly(415, 415, 415, 413);
        assertThat(unpacked.text()).contains("unpacked");
        assertThat(bomb.text()).contains("times as large");
        assertThat(entries.text()).contains("entries");
    }

    @Test
    void takesALargerBodyThanOtherOperationsDo() {
        // given
        byte[] noise = new byte[4_500_000];
        new Random(2).nextBytes(noise);
        byte[] zip = GivenZip.of(
                Map.of("manifest.yaml", LEAST, "a", Base64.getEncoder().encodeToString(noise)));
        // when
        Reply here = send(zip);
        Reply elsewhere = api.http().post(api.endpoint() + "/v1/event", "\"" + "x".repeat(6 << 20) + "\"");
        // then
        assertThat(here.status()).as(here.toString()).isEqualTo(200);
        assertThat(elsewhere.status()).isEqualTo(413);
    }

    @Test
    void endsATemplateThatGrowsWithoutEnd() {
        // given
        StringBuilder manifest = new StringBuilder("apiVersion: v1beta1\ntasks:\n");
        String value = "x".repeat(1000);
        for (int i = 0; i < 40; i++) {
            manifest.append("  - {id: t")
                    .append(i)
                    .append(", type: resource, resource: a, resourceUri: grown.txt, stage: dev, context: {k: \"")
                    .append(value)
                    .append("\"}}\n");
            value = ("[[ .Tasks.t" + i + ".Context.k ]]").repeat(2);
        }
        // when
        Reply reply = send(GivenZip.of(Map.of("manifest.yaml", manifest.toString(), "a", "x")));
        // then
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("gives more than");
    }

    @Test
    void refusesOtherFormsThanTheOneWithThePackage() {
        // given
        byte[] zip = GivenZip.of(Map.of("manifest.yaml", LEAST));
        // when
        Reply otherField = send(GivenZip.form("file", zip), project().name(), "multipart/form-data; boundary=b");
        Reply noBoundary = send(GivenZip.form("configPackage", zip), project().name(), "multipart/form-data");
        Reply wrongBoundary =
                send(GivenZip.form("configPackage", zip), project().name(), "multipart/form-data; boundary=c");
        Reply bare = send(zip, project().name(), "application/zip");
        Reply json = api.http().post(url(project().name()), "{}");
        Reply cut = send(
                Arrays.copyOf(GivenZip.form("configPackage", zip), 150),
                project().name(),
                "multipart/form-data; boundary=b");
        Reply empty = send(new byte[0], project().name(), "multipart/form-data; boundary=b");
        // then
        assertThat(List.of(otherField, noBoundary, wrongBoundary, bare, json, cut, empty))
                .extracting(Reply::status)
                .containsOnly(400);
    }

    @Test
    void wantsAProjectThatIsThere() {
        // given
        byte[] form = GivenZip.form("configPackage", GivenZip.of(Map.of("manifest.yaml", LEAST)));
        // when
        Reply unknown = send(form, "nobody", "multipart/form-data; boundary=b");
        Reply none = api.http()
                .call(
                        "POST",
                        api.endpoint() + "/v1/import",
                        BodyPublishers.ofByteArray(form),
                        Optional.of("multipart/form-data; boundary=b"));
        Reply stranger = api.anonymous()
                .call(
                        "POST",
                        url(project().name()),
                        BodyPublishers.ofByteArray(form),
                        Optional.of("multipart/form-data; boundary=b"));
        // then
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(none.status()).isEqualTo(422);
        assertThat(none.json().path("code").asInt()).isEqualTo(602);
        assertThat(stranger.status()).isEqualTo(401);
    }

    private static Reply send(byte[] zip) {
        return send(GivenZip.form("configPackage", zip), project().name(), "multipart/form-data; boundary=b");
    }

    private static Reply send(byte[] body, String projectName, String type) {
        return api.http().call("POST", url(projectName), BodyPublishers.ofByteArray(body), Optional.of(type));
    }

    private static String url(String projectName) {
        return api.endpoint() + "/v1/import?project=" + projectName;
    }

    private static GivenProject project() {
        return Objects.requireNonNull(made);
    }
}
