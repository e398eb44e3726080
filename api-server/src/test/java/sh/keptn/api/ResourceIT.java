package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.api.HttpCalls.Reply;
import sh.keptn.core.git.Content;
import sh.keptn.core.git.HelmChartArchive;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.project.KeptnProject;

class ResourceIT {
    @RegisterExtension
    static final ApiExtension api = new ApiExtension();

    private GivenProject project;

    @BeforeEach
    void givenAProject() {
        project = GivenProject.in(api);
    }

    @Test
    void writesAsInKeptnsDocumentationAndTheCommitIsInTheUpstream() throws Exception {
        Reply reply = api.http().post(project.carts(), list("helm/values.yaml", "replicas: 1\n"));

        assertThat(reply.status()).isEqualTo(201);
        String commit = reply.json().path("commitID").asText();
        assertThat(reply.json().path("metadata").path("version").asText()).isEqualTo(commit);
        assertThat(reply.json().path("metadata").path("upstreamURL").asText())
                .startsWith("http://127.0.0.1")
                .doesNotContain("@");
        assertThat(project.log("dev")).startsWith(commit + " Updated resource");
        assertThat(Files.readString(project.clone("dev").resolve("carts/helm/values.yaml")))
                .isEqualTo("replicas: 1\n");
        assertThat(project.log("staging")).doesNotContain(commit);
    }

    @Test
    void readsWhatItWroteInEveryScope() {
        for (String base : List.of(
                project.resources() + "/resource", project.resources() + "/stage/dev/resource", project.carts())) {
            Reply written = api.http().put(base, list("a/b.txt", "text of " + base));

            Reply read = api.http().get(base + "/a%2Fb.txt");

            assertThat(written.status()).isEqualTo(200);
            assertThat(read.status()).isEqualTo(200);
            assertThat(content(read)).isEqualTo("text of " + base);
            assertThat(read.json().path("metadata").path("version").asText())
                    .isEqualTo(written.json().path("commitID").asText());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"dir/a b.txt", "dir%2Fa%20b.txt", "dir%2Fa+b.txt", "dir%252Fa%2520b.txt", "/dir%2Fa%20b.txt"})
    void takesANamePlainAndEncodedOnceAndTwice(String encoded) {
        api.http().post(project.carts(), list("dir/a b.txt", "found"));

        Reply read = api.http().get(project.carts() + "/" + encoded.replace(" ", "%20"));

        assertThat(read.status()).isEqualTo(200);
        assertThat(content(read)).isEqualTo("found");
    }

    @Test
    void toleratesTheDoubledSlashOfKeptnsCommandLine() {
        Reply reply = api.http().post(project.resources() + "//resource", list("x.txt", "x"));

        assertThat(reply.status()).isEqualTo(201);
    }

    @Test
    void putsAndDeletesOneItem() {
        Reply put = api.http().put(project.carts() + "/one.txt", "{\"resourceContent\":\"" + base64("1") + "\"}");
        Reply deleted = api.http().delete(project.carts() + "/one.txt");

        assertThat(put.status()).isEqualTo(200);
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(project.log("dev"))
                .startsWith(deleted.json().path("commitID").asText() + " Deleted resources");
        assertThat(api.http().get(project.carts() + "/one.txt").status()).isEqualTo(404);
        assertThat(api.http().delete(project.carts() + "/one.txt").status()).isEqualTo(404);
    }

    @Test
    void r16MakesNoCommitForContentThatIsThere() {
        Reply first = api.http().post(project.carts(), list("same.txt", "same"));
        Reply again = api.http().post(project.carts(), list("same.txt", "same"));

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json().path("commitID")).isEqualTo(first.json().path("commitID"));
    }

    @Test
    void writesAListAsOneCommit() {
        int before = project.log("dev").split("\n", -1).length;

        api.http()
                .put(
                        project.carts(),
                        "{\"resources\":[{\"resourceURI\":\"l1\",\"resourceContent\":\"" + base64("1")
                                + "\"},{\"resourceURI\":\"/l2\",\"resourceContent\":\"" + base64("2") + "\"}]}");

        assertThat(project.log("dev").split("\n", -1)).hasSize(before + 1);
        assertThat(project.clone("dev").resolve("carts/l2")).hasContent("2");
    }

    @Test
    void listsInLexicalOrderWithALeadingSlashAndHidesWhatIsGits() {
        api.http().post(project.carts(), list("b.txt", "b"));
        api.http().post(project.carts(), list("a/c.txt", "c"));
        api.http().post(project.carts(), list(".gitattributes", "* filter=evil"));

        Reply first = api.http().get(project.carts() + "?pageSize=2");
        Reply second = api.http()
                .get(project.carts() + "?pageSize=2&nextPageKey="
                        + first.json().path("nextPageKey").asText());

        assertThat(names(first)).containsExactly("/a/c.txt", "/b.txt");
        assertThat(first.json().path("totalCount").asInt()).isEqualTo(3);
        assertThat(names(second)).containsExactly("/metadata.yaml");
        assertThat(second.json().path("nextPageKey").asText()).isEqualTo("0");
        assertThat(names(api.http().get(project.resources() + "/stage/dev/resource")))
                .contains("/carts/metadata.yaml");
        assertThat(api.http().get(project.carts() + "/.gitattributes").status()).isEqualTo(200);
    }

    @Test
    void seesAPushAtOnce() {
        String commit = project.push("dev", "carts/pushed.txt", "pushed");

        Reply read = api.http().get(project.carts() + "/pushed.txt");

        assertThat(content(read)).isEqualTo("pushed");
        assertThat(read.json().path("metadata").path("version").asText()).isEqualTo(commit);
    }

    @Test
    void readsAtACommitShortIdOrBranch() {
        String first = api.http()
                .post(project.carts(), list("v.txt", "1"))
                .json()
                .path("commitID")
                .asText();
        api.http().post(project.carts(), list("v.txt", "2"));

        assertThat(content(api.http().get(project.carts() + "/v.txt?gitCommitID=" + first)))
                .isEqualTo("1");
        assertThat(content(api.http().get(project.carts() + "/v.txt?gitCommitID=" + first.substring(0, 10))))
                .isEqualTo("1");
        assertThat(content(api.http().get(project.carts() + "/v.txt?gitCommitID=dev")))
                .isEqualTo("2");
        assertThat(content(api.http().get(project.carts() + "/v.txt?gitCommitID=%22%22")))
                .isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource({
        "0123456789012345678901234567890123456789,404",
        "abcdef0,404",
        "nobranch,404",
        "HEAD~1,400",
        "refs/heads/dev,400",
        "--help,400",
        "01234567890123456789012345678901234567890,404",
    })
    void r17AnswersAnUnknownRevision(String revision, int status) {
        assertThat(api.http()
                        .get(project.carts() + "/metadata.yaml?gitCommitID=" + revision)
                        .status())
                .isEqualTo(status);
    }

    @Test
    void r17ShowsNothingOfAnotherProject() {
        GivenProject other = GivenProject.in(api);
        String foreign = api.http()
                .post(other.carts(), list("secret.txt", "s"))
                .json()
                .path("commitID")
                .asText();

        Reply read = api.http().get(project.carts() + "/secret.txt?gitCommitID=" + foreign);

        assertThat(read.status()).isEqualTo(404);
    }

    /** The hostile table: every spelling is refused, in the path and in a body, and the upstream stays as it was. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "%2e%2e%2fx",
                "%252e%252e%252fx",
                "..%2Fx",
                "a%2F..%2F..%2Fx",
                ".git%2Fconfig",
                ".git/config",
                ".GIT%2Fx",
                "git~1%2Fx",
                ".g%E2%80%8Cit%2Fx",
                "a%00b",
                "a%5C..%5Cx",
                "%25252e%25252e%25252fx",
                "a%0Ab",
                ".keptn-stages%2Fx"
            })
    void refusesHostileNamesInPathsAndTouchesNothing(String name) {
        String before = project.log("dev");

        Reply put = api.http().put(project.stageItem(name), "{\"resourceContent\":\"" + base64("evil") + "\"}");
        Reply get = api.http().get(project.stageItem(name));
        Reply delete = api.http().delete(project.stageItem(name));

        assertThat(put.status()).isEqualTo(400);
        assertThat(get.status()).isEqualTo(400);
        assertThat(delete.status()).isEqualTo(400);
        assertThat(project.log("dev")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x",
                "%2e%2e%2fx",
                "%252e%252e%252fx",
                ".git/config",
                "a/../../x",
                "a\\\\..\\\\x",
                ".Git/x",
                "x~1"
            })
    void refusesHostileNamesInBodiesAndTouchesNothing(String name) {
        String before = project.log("dev");

        Reply reply = api.http().post(project.carts(), list(name, "evil"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("code").asInt()).isEqualTo(400);
        assertThat(project.log("dev")).isEqualTo(before);
    }

    @Test
    void answers404ForWhatIsNotThere() {
        String base = api.endpoint() + "/resource-service/v1/project/";

        assertThat(api.http().get(base + "nobody/resource").status()).isEqualTo(404);
        assertThat(api.http().get(project.resources() + "/stage/none/resource").status())
                .isEqualTo(404);
        assertThat(api.http()
                        .get(project.resources() + "/stage/dev/service/none/resource")
                        .status())
                .isEqualTo(404);
        assertThat(api.http()
                        .post(project.resources() + "/stage/dev/service/none/resource", list("x", "x"))
                        .status())
                .isEqualTo(404);
        assertThat(api.http().get(project.carts() + "/none").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/resource-service/v1/project",
                "/resource-service/v1/project/p",
                "/resource-service/v1/project/p/stage",
                "/resource-service/v1/project/p/stage/s",
                "/resource-service/v1/project/p/stage/s/service",
                "/resource-service/v1/project/p/stage/s/service/x",
                "/resource-service/v1/project/p/service/x/resource",
            })
    void keepsWhatKeptnsGatewayKeptInside(String path) {
        assertThat(api.anonymous().get(api.endpoint() + path).status()).isEqualTo(403);
    }

    @Test
    void unpacksAChartInGitAndPacksItAgainForClients() {
        Content archive = new HelmChartArchive(HelmChartArchive.Limits.DEFAULT)
                .pack(
                        "carts",
                        Map.of("Chart.yaml", Content.ofText("name: carts\n"), "values.yaml", Content.ofText("")));

        Reply written = api.http()
                .post(
                        project.carts(),
                        "{\"resources\":[{\"resourceURI\":\"helm/carts.tgz\",\"resourceContent\":\"" + archive.base64()
                                + "\"}]}");

        assertThat(written.status()).isEqualTo(201);
        assertThat(project.clone("dev").resolve("carts/helm/carts/Chart.yaml")).hasContent("name: carts\n");
        assertThat(api.http()
                        .get(project.carts() + "/helm%2Fcarts.tgz")
                        .json()
                        .path("resourceContent")
                        .asText())
                .isEqualTo(archive.base64());
        assertThat(names(api.http().get(project.carts()))).contains("/helm/carts/Chart.yaml");
        assertThat(api.http().delete(project.carts() + "/helm%2Fcarts.tgz").status())
                .isEqualTo(200);
        assertThat(api.http().get(project.carts() + "/helm%2Fcarts.tgz").status())
                .isEqualTo(404);
    }

    @Test
    void r26RefusesWhatIsNoChart() {
        assertThat(api.http()
                        .post(project.carts(), list("helm/carts.tgz", "no archive"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void asksTheOperatorToLookAfterAWrite() {
        api.http().post(project.carts(), list("stamp.txt", "s"));

        Awaitility.await("the request annotation").until(() -> {
            KeptnProject now = api.kubernetes()
                    .resources(KeptnProject.class)
                    .inNamespace(api.namespace())
                    .withName(project.name())
                    .get();
            return now.getMetadata().getAnnotations() != null
                    && now.getMetadata().getAnnotations().containsKey(Annotations.REQUESTED_AT);
        });
    }

    private static List<String> names(Reply reply) {
        List<String> names = new ArrayList<>();
        for (JsonNode resource : reply.json().path("resources")) {
            names.add(resource.path("resourceURI").asText());
        }
        return names;
    }

    private static String content(Reply reply) {
        return new String(
                Base64.getDecoder().decode(reply.json().path("resourceContent").asText()), StandardCharsets.UTF_8);
    }

    private static String list(String uri, String content) {
        return "{\"resources\":[{\"resourceURI\":\"" + uri + "\",\"resourceContent\":\"" + base64(content) + "\"}]}";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
