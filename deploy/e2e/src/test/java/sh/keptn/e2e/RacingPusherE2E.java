package sh.keptn.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else pushes to the branch all the time (promises G11, K1). */
@ExtendWith(RunningSystem.class)
class RacingPusherE2E {
    private static final int WRITES = 25;
    private static final String SHIPYARD = """
            apiVersion: spec.keptn.sh/0.2.3
            kind: Shipyard
            metadata:
              name: race
            spec:
              stages:
                - name: dev
            """;

    private final LocalSystem system;

    @TempDir
    private Path folder;

    RacingPusherE2E(LocalSystem system) {
        this.system = system;
    }

    @Test
    void noAcknowledgedWriteIsLostAndNoPushOfOthersEither() {
        assertThat(system.post(
                                "/controlPlane/v1/project",
                                "{\"name\":\"race\",\"shipyard\":\"" + base64(SHIPYARD) + "\"}")
                        .code())
                .isEqualTo(201);
        shell("git clone -q -b dev " + system.upstream("race") + " pusher");

        List<Integer> acknowledged;
        try (ScheduledExecutorService pusher = Executors.newSingleThreadScheduledExecutor()) {
            var pushes = pusher.scheduleWithFixedDelay(this::push, 0, 50, TimeUnit.MILLISECONDS);
            acknowledged = write();
            pushes.cancel(false);
        }

        String files = shell("git clone -q -b dev " + system.upstream("race")
                + " check && cd check && git fsck --strict 2>&1 && git log --format='%s' && ls");
        assertThat(files.lines())
                .containsAll(
                        acknowledged.stream().map(i -> "write-" + i + ".txt").toList());
        assertThat(files.lines().filter(line -> line.equals("Updated resource")))
                .hasSize(acknowledged.size());
        String pushed =
                shell("cd pusher && git fetch -q && git log origin/dev --format='%s' | grep -c '^push' || true");
        String mine = shell("cat pushes | wc -l");
        assertThat(pushed.strip()).isEqualTo(mine.strip());
        assertThat(acknowledged).as("a pusher at this pace leaves room").isNotEmpty();
    }

    /** One commit on what is there now; a push that loses the race is simply not made. */
    private void push() {
        system.shell(
                folder,
                "cd pusher && git fetch -q && git reset -q --hard origin/dev && date +%N >pushed.txt && git add . "
                        + "&& git commit -qm \"push $(date +%s%N)\" && git push -q 2>/dev/null && echo ok >>../pushes");
    }

    private List<Integer> write() {
        List<Integer> acknowledged = new ArrayList<>();
        for (int i = 0; i < WRITES; i++) {
            var answer = system.post(
                    "/resource-service/v1/project/race/stage/dev/resource",
                    "{\"resources\":[{\"resourceURI\":\"write-" + i + ".txt\",\"resourceContent\":\"" + base64("w" + i)
                            + "\"}]}");
            if (answer.code() == 201) {
                acknowledged.add(i);
            } else {
                assertThat(answer.code()).as(answer.body()).isIn(409, 503);
            }
        }
        return acknowledged;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private String shell(String line) {
        return system.shell(folder, line).succeeded();
    }
}
