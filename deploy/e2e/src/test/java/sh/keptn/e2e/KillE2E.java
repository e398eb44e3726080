package sh.keptn.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process dies without warning in the middle of work, and {@code up} brings it back (promises P1, P2, I4, I9). */
@ExtendWith(RunningSystem.class)
class KillE2E {
    private static final int WRITES = 200;
    private static final int WRITERS = 8;

    private final LocalSystem system;

    @TempDir
    private Path folder;

    KillE2E(LocalSystem system) {
        this.system = system;
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-server", "operator"})
    void noAcknowledgedWriteIsLost(String process) {
        String project = "kill-" + process;
        assertThat(system.post("/controlPlane/v1/project", project(project)).code())
                .isEqualTo(201);
        Map<Integer, String> acknowledged = new ConcurrentHashMap<>();
        AtomicInteger begun = new AtomicInteger();

        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            for (int i = 0; i < WRITES; i++) {
                int number = i;
                writers.execute(() -> {
                    begun.incrementAndGet();
                    var answer = write(project, number);
                    if (answer.code() == 201) {
                        acknowledged.put(number, answer.json().path("commitID").asText());
                    }
                });
            }
            await().atMost(30, SECONDS).until(() -> begun.get() > WRITES / 4);
            system.kill(process);
            system.keptnLocal("up").succeeded();
        }

        String upstream = system.shell(
                        folder,
                        "git clone -q -b dev " + system.upstream(project)
                                + " c && cd c && git fsck --strict && git log --format=%H && ls")
                .succeeded();
        assertThat(acknowledged).isNotEmpty();
        assertThat(upstream.lines()).containsAll(acknowledged.values());
        assertThat(upstream.lines())
                .containsAll(acknowledged.keySet().stream().map(i -> "f" + i).toList());
        assertThat(write(project, WRITES).code()).isEqualTo(201);
    }

    @Test
    void anEventIsFoundByItsContextAfterBothWereRestartedAndAfterDownAndUp() {
        var posted = system.post("/v1/event", """
                {"specversion":"1.0","type":"sh.keptn.event.dev.delivery.triggered","source":"e2e",
                 "data":{"project":"podtato-head","stage":"dev","service":"web"}}""");
        assertThat(posted.code()).isEqualTo(200);
        String context = posted.json().path("keptnContext").asText();

        system.kill("api-server");
        system.kill("operator");
        system.keptnLocal("up").succeeded();
        assertThat(events(context)).contains(context);

        system.keptnLocal("down").succeeded();
        system.keptnLocal("up").succeeded();
        assertThat(events(context)).contains(context);
        assertThat(system.get("/controlPlane/v1/project/podtato-head").code()).isEqualTo(200);
    }

    @Test
    void aProjectThatNobodyMakesIsUndoneAndCanBeMadeLater() {
        system.kill("operator");

        var late = system.post("/controlPlane/v1/project", project("orphan"));

        assertThat(late.code()).isEqualTo(504);
        assertThat(system.get("/controlPlane/v1/project/orphan").code()).isEqualTo(404);
        assertThat(system.kubernetes()
                        .secrets()
                        .inNamespace("keptn")
                        .withName("git-credentials-orphan")
                        .get())
                .isNull();

        system.keptnLocal("up").succeeded();
        assertThat(system.post("/controlPlane/v1/project", project("orphan")).code())
                .isEqualTo(201);
    }

    @Test
    void aSecondUpChangesNothingThatRuns() {
        long operator = system.pid("operator");
        long api = system.pid("api-server");

        system.keptnLocal("up").succeeded();

        assertThat(system.pid("operator")).isEqualTo(operator);
        assertThat(system.pid("api-server")).isEqualTo(api);
        assertThat(system.keptnLocal("status").exitCode()).isZero();
    }

    private String events(String context) {
        return system.get("/mongodb-datastore/event?keptnContext=" + context).body();
    }

    private LocalSystem.Answer write(String project, int number) {
        return system.post(
                "/resource-service/v1/project/" + project + "/stage/dev/resource",
                "{\"resources\":[{\"resourceURI\":\"f" + number + "\",\"resourceContent\":\"" + base64("w" + number)
                        + "\"}]}");
    }

    private static String project(String name) {
        String shipyard = "apiVersion: spec.keptn.sh/0.2.3\nkind: Shipyard\nmetadata:\n  name: " + name
                + "\nspec:\n  stages:\n    - name: dev\n";
        return "{\"name\":\"" + name + "\",\"shipyard\":\"" + base64(shipyard) + "\"}";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
