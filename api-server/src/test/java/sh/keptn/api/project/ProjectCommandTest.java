package sh.keptn.api.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.api.http.GivenRequest;
import sh.keptn.api.project.ProjectCommand.Provisioning;
import sh.keptn.core.error.KeptnException;

class ProjectCommandTest {
    private static final String SHIPYARD =
            base64("apiVersion: spec.keptn.sh/0.2.2\nkind: Shipyard\nspec:\n  stages:\n    - name: dev\n");
    private static final String GIT = "{\"remoteURL\":\"https://git.example.org/p\",\"https\":{\"token\":\"t\"}}";

    @Test
    void readsAProject() {
        ProjectCommand.Create command = create("\"p\"", quoted(SHIPYARD), GIT);

        assertThat(command.name().value()).isEqualTo("p");
        assertThat(command.shipyard().stageNames()).extracting(Object::toString).containsExactly("dev");
        assertThat(command.credentials().orElseThrow().url().value()).isEqualTo("https://git.example.org/p");
        assertThat(command.toString()).doesNotContain("\"t\"");
    }

    /** Each body breaks its own rule and all later ones: the first in Keptn's order is what is complained of. */
    @Test
    void complainsInKeptnsOrder() {
        complains("\"\"", "\"%\"", "{\"remoteURL\":\"ftp://x\"}", "name");
        complains(quoted("a".repeat(201)), "\"%\"", "{\"remoteURL\":\"ftp://x\"}", "more than 200");
        complains("\"A\"", "\"%\"", "{\"remoteURL\":\"ftp://x\"}", "lower-case");
        complains("\"p\"", "\"\"", "{\"remoteURL\":\"ftp://x\"}", "shipyard: is missing");
        complains("\"p\"", "\"%\"", "{\"remoteURL\":\"ftp://x\"}", "base64");
        complains("\"p\"", quoted(base64("a: [")), "{\"remoteURL\":\"ftp://x\"}", "YAML");
        complains(
                "\"p\"",
                quoted(base64("apiVersion: spec.keptn.sh/0.1.0\nspec: {stages: []}")),
                "{\"remoteURL\":\"ftp://x\"}",
                "apiVersion");
        complains(
                "\"p\"",
                quoted(base64("apiVersion: spec.keptn.sh/0.2.0\nspec: {stages: []}")),
                "{\"remoteURL\":\"ftp://x\"}",
                "stages");
        complains("\"p\"", quoted(SHIPYARD), "null", "gitCredentials: is missing");
        complains(
                "\"p\"",
                quoted(SHIPYARD),
                "{\"remoteURL\":\"ftp://x\",\"https\":{},\"ssh\":{\"privateKey\":\"%\"}}",
                "must start with");
        complains(
                "\"p\"",
                quoted(SHIPYARD),
                "{\"remoteURL\":\"https://x/y\",\"https\":{},\"ssh\":{\"privateKey\":\"%\"}}",
                "both");
        complains(
                "\"p\"",
                quoted(SHIPYARD),
                "{\"remoteURL\":\"ssh://x/y\",\"ssh\":{\"privateKey\":\"%\"}}",
                "privateKey");
        complains(
                "\"p\"",
                quoted(SHIPYARD),
                "{\"remoteURL\":\"https://x/y\",\"https\":{\"certificate\":\"%\"}}",
                "certificate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc",
                "ext::sh -c id",
                "git://h/p",
                "ssh://-oProxyCommand=id/x",
                "https://u:p@h/x",
                "http://169.254.169.254/",
                "https://h/x\\ny",
                "http://[::1]"
            })
    void r35RefusesAddressesThatAreNone(String url) {
        complains("\"p\"", quoted(SHIPYARD), "{\"remoteURL\":\"" + url + "\"}", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "A", "-a", "a-", "a/b", "a%2fb", "$where", "system.users", "\u0430bc"})
    void r7RefusesNamesThatAreNone(String name) {
        complains(quoted(name), quoted(SHIPYARD), GIT, "project name");
    }

    @Test
    void r4RefusesUnknownFields() {
        assertThatThrownBy(() -> ProjectCommand.create(
                        GivenRequest.json("{\"name\":\"p\",\"gitUser\":\"u\"}"), Provisioning.OFF))
                .isInstanceOf(KeptnException.class)
                .hasMessageContaining("gitUser");
    }

    @Test
    void needsNoCredentialsWhereAProvisionerIs() {
        ProjectCommand.Create command =
                ProjectCommand.create(GivenRequest.json(body("\"p\"", quoted(SHIPYARD), "null")), Provisioning.ON);

        assertThat(command.credentials()).isEmpty();
    }

    @Test
    void keepsWhatAnUpdateDoesNotName() {
        ProjectCommand.Update command = ProjectCommand.update(GivenRequest.json(body("\"p\"", "null", "null")));

        assertThat(command.shipyard()).isEmpty();
        assertThat(command.credentials()).isEmpty();
    }

    private static void complains(String name, String shipyard, String git, String about) {
        assertThatThrownBy(() -> create(name, shipyard, git))
                .isInstanceOf(KeptnException.class)
                .hasMessageContaining(about);
    }

    private static ProjectCommand.Create create(String name, String shipyard, String git) {
        return ProjectCommand.create(GivenRequest.json(body(name, shipyard, git)), Provisioning.OFF);
    }

    private static String body(String name, String shipyard, String git) {
        return "{\"name\":" + name + ",\"shipyard\":" + shipyard + ",\"gitCredentials\":" + git + "}";
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
