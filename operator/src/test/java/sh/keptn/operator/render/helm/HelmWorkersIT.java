package sh.keptn.operator.render.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.Content;

class HelmWorkersIT {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @Test
    void startsNothingWithoutAChart() {
        try (HelmWorkers _ = workers(1, LONG)) {
            assertThat(children()).isEmpty();
        }
    }

    @Test
    void keepsAProcessWarmAndEndsItWithTheEngine() {
        List<ProcessHandle> kept;
        try (HelmWorkers workers = workers(1, LONG)) {
            workers.template(chart("a: 1"));
            kept = children();
            workers.template(chart("a: 2"));
            assertThat(children()).isEqualTo(kept).hasSize(1);
        }
        assertThat(kept).noneMatch(ProcessHandle::isAlive);
        assertThat(folder.resolve("render")).doesNotExist();
    }

    @Test
    void endsAProcessWithoutWork() {
        try (HelmWorkers workers = workers(1, Duration.ofMillis(100))) {
            workers.template(chart("a: 1"));

            await().atMost(LONG).until(() -> children().isEmpty());

            assertThat(workers.template(chart("a: 2"))).contains("a: 2");
        }
    }

    @Test
    void startsAnotherProcessWhereOneWasKilled() {
        try (HelmWorkers workers = workers(1, LONG)) {
            workers.template(chart("a: 1"));
            ProcessHandle killed = children().getFirst();
            killed.destroyForcibly();
            killed.onExit().join();

            assertThat(workers.template(chart("a: 2"))).contains("a: 2");
        }
    }

    @Test
    void failsOnlyTheChartWhoseProcessDies() {
        try (HelmWorkers workers = workers(1, LONG)) {
            workers.template(chart("a: 1"));
            ProcessHandle worker = children().getFirst();
            CompletableFuture<String> endless = CompletableFuture.supplyAsync(() ->
                    workers.template(chart("{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}")));
            await().atMost(LONG).until(() -> chartsLaid() == 1);
            worker.destroyForcibly();

            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(endless::join)
                    .withCauseInstanceOf(KeptnException.class)
                    .withMessageContaining("brought Helm's engine down");
            assertThat(workers.template(chart("a: 2"))).contains("a: 2");
        }
    }

    @Test
    void rendersOtherChartsBesideOneThatTakesLong() {
        try (HelmWorkers workers = workers(2, LONG)) {
            CompletableFuture<String> endless = CompletableFuture.supplyAsync(() ->
                    workers.template(chart("{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}")));

            assertThat(workers.template(chart("a: 1"))).contains("a: 1");
            assertThat(workers.template(chart("a: 2"))).contains("a: 2");
            assertThat(endless).isNotCompletedExceptionally();
        }
    }

    @Test
    void givesAProcessNothingOfTheOperatorsEnvironment() throws IOException {
        try (HelmWorkers workers = workers(1, LONG)) {
            workers.template(chart("a: 1"));
            Path environment =
                    Path.of("/proc", Long.toString(children().getFirst().pid()), "environ");

            List<String> names =
                    List.of(Files.readString(environment, StandardCharsets.ISO_8859_1)
                                    .split("\0", -1))
                            .stream()
                            .filter(variable -> !variable.isEmpty())
                            .map(variable -> variable.substring(0, variable.indexOf('=')))
                            .toList();

            assertThat(names)
                    .containsExactlyInAnyOrder(
                            "HOME",
                            "TMPDIR",
                            "KUBECONFIG",
                            "HELM_CACHE_HOME",
                            "HELM_CONFIG_HOME",
                            "HELM_DATA_HOME",
                            "HELM_DRIVER",
                            "LC_ALL",
                            "GOMEMLIMIT");
        }
    }

    @Test
    void leavesNothingOfAChartBehind() throws IOException {
        try (HelmWorkers workers = workers(1, LONG)) {
            workers.template(chart("a: 1"));

            try (var left = Files.walk(folder)) {
                assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("chart-"));
            }
        }
    }

    @Test
    void rendersNoMoreOnceItIsClosed() {
        HelmWorkers workers = workers(1, LONG);
        workers.close();

        assertThatExceptionOfType(KeptnException.class)
                .isThrownBy(() -> workers.template(chart("a: 1")))
                .satisfies(refusal -> assertThat(refusal.error()).isInstanceOf(KeptnError.Unavailable.class));
    }

    private HelmWorkers workers(int count, Duration idle) {
        return new HelmWorkers(
                folder.resolve("render"), new WorkerLimits(count, LONG, LONG, LONG, idle, 512L << 20, 1 << 20));
    }

    private static Chart chart(String template) {
        return new Chart(
                "helm/carts",
                "carts",
                "default",
                "v1.34.0",
                new TreeMap<>(Map.of(
                        "Chart.yaml", Content.ofText("apiVersion: v2\nname: carts\nversion: 1.0.0\n"),
                        "templates/a.yaml", Content.ofText(template))),
                List.of());
    }

    private long chartsLaid() {
        try (var found = Files.walk(folder, 3)) {
            return found.filter(path -> path.getFileName().toString().startsWith("chart-"))
                    .count();
        } catch (IOException e) {
            return 0;
        }
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .toList();
    }
}
