package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.api.HttpCalls.Reply;
import sh.keptn.core.git.Content;
import sh.keptn.core.git.HelmChartArchive;

/** Versions of files, writes on a condition, and writes that are sent more than once. */
class ConditionalResourceIT {
    @RegisterExtension
    static final ApiExtension api = new ApiExtension();

    private GivenProject project;

    @BeforeEach
    void givenAProject() {
        project = GivenProject.in(api);
    }

    @Test
    void tellsTheSameVersionForAFileWhenItIsWrittenAndWhenItIsRead() {
        Reply written = api.http().put(file("v.txt"), content("1"));

        Reply read = api.http().get(file("v.txt"));

        String blob = GivenProject.git(project.clone("dev"), "rev-parse", "HEAD:carts/v.txt")
                .strip();
        assertThat(written.header("ETag")).hasValue("\"" + blob + "\"");
        assertThat(read.header("ETag")).isEqualTo(written.header("ETag"));
    }

    @Test
    void answersNotModifiedToWhoHasTheVersion() {
        String tag = tag(api.http().put(file("v.txt"), content("1")));

        Reply same = api.http().header("If-None-Match", "\"other\", W/" + tag).get(file("v.txt"));
        Reply other = api.http().header("If-None-Match", "\"other\"").get(file("v.txt"));

        assertThat(same.status()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.header("ETag")).hasValue(tag);
        assertThat(other.status()).isEqualTo(200);
    }

    @Test
    void tellsTheFoldersVersionForAPackedChart() {
        Content chart = new HelmChartArchive(HelmChartArchive.Limits.DEFAULT)
                .pack("carts", Map.of("Chart.yaml", Content.ofText("name: carts\nversion: 0.1.0\n")));
        String url = project.carts() + "/helm%2Fcarts.tgz";
        String body = "{\"resourceContent\":\"" + chart.base64() + "\"}";

        Reply written = api.http().put(url, body);
        Reply read = api.http().get(url);
        Reply again = api.http().header("If-Match", tag(read)).put(url, body);

        String tree = GivenProject.git(project.clone("dev"), "rev-parse", "HEAD:carts/helm/carts")
                .strip();
        assertThat(written.header("ETag")).hasValue("\"" + tree + "\"");
        assertThat(read.header("ETag")).isEqualTo(written.header("ETag"));
        assertThat(again.status()).isEqualTo(200);
        assertThat(api.http().header("If-None-Match", "*").put(url, body).status())
                .isEqualTo(412);
    }

    @Test
    void r25StoresNothingOnAStaleVersion() {
        String stale = tag(api.http().put(file("v.txt"), content("1")));
        api.http().put(file("v.txt"), content("2"));
        String head = project.log("dev");

        assertThat(api.http()
                        .header("If-Match", stale)
                        .put(file("v.txt"), content("3"))
                        .status())
                .isEqualTo(412);
        assertThat(api.http()
                        .header("If-Match", stale)
                        .post(project.carts(), list("v.txt", "3"))
                        .status())
                .isEqualTo(412);
        assertThat(api.http().header("If-Match", stale).delete(file("v.txt")).status())
                .isEqualTo(412);

        assertThat(project.log("dev")).isEqualTo(head);
    }

    @Test
    void r25LetsExactlyOneOfManyWritersOfOneVersionWin() throws Exception {
        String version = tag(api.http().put(file("v.txt"), content("1")));
        int before = project.log("dev").split("\n", -1).length;

        List<Integer> answers = together(
                12,
                i -> () -> api.http()
                        .header("If-Match", version)
                        .put(file("v.txt"), content("by " + i))
                        .status());

        assertThat(answers).filteredOn(status -> status == 200).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 412).hasSize(11);
        assertThat(project.log("dev").split("\n", -1)).hasSize(before + 1);
    }

    @Test
    void refusesAStaleVersionAlsoWhenSomebodyElsePushed() {
        String version = tag(api.http().put(file("v.txt"), content("1")));
        project.push("dev", "carts/v.txt", "pushed");

        Reply reply = api.http().header("If-Match", version).put(file("v.txt"), content("2"));

        assertThat(reply.status()).isEqualTo(412);
    }

    @Test
    void createsOnlyAndChangesOnlyWhereItIsToldTo() {
        Reply missing = api.http().header("If-Match", "*").put(file("new.txt"), content("1"));
        Reply created = api.http().header("If-None-Match", "*").put(file("new.txt"), content("1"));
        Reply twice = api.http().header("If-None-Match", "*").put(file("new.txt"), content("2"));
        Reply changed = api.http().header("If-Match", "*").put(file("new.txt"), content("2"));

        assertThat(List.of(missing.status(), created.status(), twice.status(), changed.status()))
                .containsExactly(412, 200, 412, 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "\"abc", "\"a\" \"b\"", "\"a\", x", ""})
    void refusesAConditionThatIsNone(String condition) {
        String head = project.log("dev");

        Reply reply = api.http().header("If-Match", condition).put(file("v.txt"), content("1"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(project.log("dev")).isEqualTo(head);
    }

    @Test
    void answersTheFirstCommitToTheSameKeyAlsoAfterARestart() {
        HttpCalls keyed = api.http().header("Idempotency-Key", UUID.randomUUID().toString());
        Reply first = keyed.put(file("v.txt"), content("mine"));
        api.http().put(file("v.txt"), content("another's"));

        api.stop();
        api.start();
        Reply again = keyed.put(file("v.txt"), content("mine"));

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("commitID")).isEqualTo(first.json().path("commitID"));
        assertThat(project.clone("dev").resolve("carts/v.txt")).hasContent("another's");
    }

    @Test
    void knowsAListAndADeletionAgainByTheirKeys() {
        HttpCalls writing = api.http().header("Idempotency-Key", "write-" + UUID.randomUUID());
        HttpCalls deleting = api.http().header("Idempotency-Key", "delete-" + UUID.randomUUID());

        Reply written = writing.post(project.carts(), list("v.txt", "1"));
        Reply deleted = deleting.delete(file("v.txt"));

        assertThat(writing.post(project.carts(), list("v.txt", "1")).json().path("commitID"))
                .isEqualTo(written.json().path("commitID"));
        assertThat(deleting.delete(file("v.txt")).json().path("commitID"))
                .isEqualTo(deleted.json().path("commitID"));
    }

    @Test
    void refusesAKeyWithAnotherContent() {
        HttpCalls keyed = api.http().header("Idempotency-Key", UUID.randomUUID().toString());
        keyed.put(file("v.txt"), content("1"));

        Reply reply = keyed.put(file("v.txt"), content("2"));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(project.clone("dev").resolve("carts/v.txt")).hasContent("1");
    }

    @Test
    void storesOnceWhatIsSentManyTimesAtOnce() throws Exception {
        HttpCalls keyed = api.http().header("Idempotency-Key", UUID.randomUUID().toString());
        int before = project.log("dev").split("\n", -1).length;

        List<String> commits = together(
                8,
                _ -> () -> keyed.put(file("v.txt"), content("1"))
                        .json()
                        .path("commitID")
                        .asText());

        assertThat(commits).containsOnly(commits.getFirst());
        assertThat(project.log("dev").split("\n", -1)).hasSize(before + 1);
    }

    @Test
    void findsTheCommitAgainAfterTheConnectionWasCut() {
        String key = UUID.randomUUID().toString();
        String body = content("mine");
        int before = project.log("dev").split("\n", -1).length;
        try (RawSocket connection = new RawSocket(api.port())) {
            // The client is gone before it could hear what became of its write.
            connection.send("PUT " + file("v.txt").replace(api.endpoint(), "/api") + " HTTP/1.1\r\nHost: x\r\nx-token: "
                    + ApiExtension.TOKEN + "\r\nIdempotency-Key: " + key + "\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        }
        Awaitility.await("the write that nobody heard of")
                .until(() -> project.log("dev").split("\n", -1).length == before + 1);
        String commit = project.log("dev").substring(0, 40);

        Reply again = api.http().header("Idempotency-Key", key).put(file("v.txt"), body);

        assertThat(again.json().path("commitID").asText()).isEqualTo(commit);
        assertThat(project.log("dev").split("\n", -1)).hasSize(before + 1);
    }

    @Test
    void saysInTheCommitWhoMadeItAndKeepsTheKeyToItself() {
        api.http()
                .header("Idempotency-Key", "a-key-of-mine")
                .header("User-Agent", "pipeline/1")
                .put(file("v.txt"), content("1"));

        String message = GivenProject.git(project.clone("dev"), "log", "-1", "--format=%B");

        assertThat(message)
                .contains("Keptn-Caller: keptn-api-token", "Keptn-User-Agent: pipeline/1", "Keptn-Idempotency-Key: ")
                .doesNotContain("a-key-of-mine");
    }

    @Test
    void answersAProblemDocumentToWhoAsksForOne() {
        Reply problem = api.http()
                .header("Accept", "application/json, application/problem+json")
                .get(file("missing.txt"));
        Reply keptns = api.http()
                .header("Accept", "application/problem+json;q=0.5, application/json")
                .get(file("missing.txt"));

        assertThat(problem.header("Content-Type")).hasValue("application/problem+json");
        assertThat(problem.json().path("status").asInt()).isEqualTo(404);
        assertThat(problem.json().path("title").asText()).isEqualTo("Not Found");
        assertThat(problem.json().path("detail").asText()).contains("missing.txt");
        assertThat(keptns.json().path("code").asInt()).isEqualTo(404);
    }

    @Test
    void linksTheNextPageAndTheFirst() {
        api.http().post(project.carts(), list("a.txt", "a"));

        Reply first = api.http().get(project.carts() + "?pageSize=1");
        Reply last = api.http().get(project.carts() + "?pageSize=1&nextPageKey=1");

        assertThat(first.header("Link"))
                .hasValue("<?pageSize=1>; rel=\"first\", <?nextPageKey=1&pageSize=1>; rel=\"next\"");
        assertThat(last.header("Link")).hasValue("<?pageSize=1>; rel=\"first\"");
    }

    private String file(String name) {
        return project.carts() + "/" + name;
    }

    private static String tag(Reply reply) {
        return reply.header("ETag").orElseThrow();
    }

    private static String content(String text) {
        return "{\"resourceContent\":\"" + base64(text) + "\"}";
    }

    private static String list(String uri, String content) {
        return "{\"resources\":[{\"resourceURI\":\"" + uri + "\",\"resourceContent\":\"" + base64(content) + "\"}]}";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static <T> List<T> together(int count, IntFunction<Callable<T>> task) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> future :
                    threads.invokeAll(IntStream.range(0, count).mapToObj(task).toList())) {
                results.add(future.get());
            }
            return results;
        }
    }
}
