package sh.keptn.operator.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.Content;
import sh.keptn.core.git.HelmChartArchive;

/** Charts, by Helm's own engine in a worker process. */
class ChartRenderIT {
    @TempDir
    private static Path scratch;

    private static Renderer renderer;

    @BeforeAll
    static void start() {
        renderer = RenderRoom.renderer(scratch.resolve("render"), () -> "v1.34.2");
    }

    @AfterAll
    static void stop() {
        renderer.close();
        assertThat(scratch.resolve("render")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chart-created", "chart-with-subchart"})
    void rendersAChartAsWritten(String name) throws IOException {
        GoldenFolder folder = new GoldenFolder(name);

        Rendering rendering = renderer.render(folder.request());

        folder.assertRendersAsWritten(rendering);
    }

    @Test
    void rendersASubchartThatIsPacked() {
        Content packed = new HelmChartArchive(HelmChartArchive.Limits.DEFAULT)
                .pack(
                        "db",
                        Map.of(
                                "Chart.yaml", Content.ofText("apiVersion: v2\nname: db\nversion: 1.0.0\n"),
                                "templates/a.yaml",
                                        Content.ofText("apiVersion: v1\nkind: Pod\nmetadata: {name: packed}\n")));
        Map<String, Content> files = new TreeMap<>(Folders.chart("").files());
        files.put("helm/carts/charts/db-1.0.0.tgz", packed);

        Rendering rendering = renderer.render(Folders.request(FolderContent.of(files)));

        assertThat(rendering)
                .isInstanceOfSatisfying(
                        Rendering.Objects.class,
                        made -> assertThat(made.objects())
                                .extracting(object -> object.getMetadata().getName())
                                .containsExactly("packed"));
    }

    @Test
    void namesADependencyThatIsMissingAndDownloadsNothing() {
        FolderContent folder = Folders.of("helm/carts/Chart.yaml", """
                apiVersion: v2
                name: carts
                version: 1.0.0
                dependencies: [{name: database, version: 1.0.0, repository: "http://127.0.0.1:1/"}]
                """);

        assertThatExceptionOfType(KeptnException.class)
                .isThrownBy(() -> renderer.render(Folders.request(folder)))
                .withMessageStartingWith("helm/carts: ")
                .withMessageContaining("missing in charts/ directory: database");
    }

    @Test
    void handsOnHelmsReasonOnOneLineWithoutPathsOfTheHost() {
        FolderContent folder = Folders.chart("a: {{ required \"set\\na name\" .Values.name }}");

        assertThatExceptionOfType(KeptnException.class)
                .isThrownBy(() -> renderer.render(Folders.request(folder)))
                .withMessageStartingWith("helm/carts: ")
                .withMessageContaining("set a name")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain(scratch.toString(), "\n"));
    }

    @Test
    void namesTheTemplateWhoseObjectIsWrong() {
        FolderContent folder = Folders.chart("apiVersion: v1\nkind: Pod\nmetadata: {}\n");

        assertThatExceptionOfType(KeptnException.class)
                .isThrownBy(() -> renderer.render(Folders.request(folder)))
                .withMessageStartingWith("helm/carts/templates/all.yaml: document 1 (line");
    }

    @Test
    void saysThatALibraryChartCannotBeDeployed() {
        FolderContent folder =
                Folders.of("helm/carts/Chart.yaml", "apiVersion: v2\nname: carts\nversion: 1.0.0\ntype: library\n");

        assertThatExceptionOfType(KeptnException.class)
                .isThrownBy(() -> renderer.render(Folders.request(folder)))
                .withMessageContaining("library charts are not installable");
    }
}
