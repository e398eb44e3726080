package sh.keptn.operator.render;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.Content;
import sh.keptn.operator.render.helm.HelmWorkers;
import sh.keptn.operator.render.helm.WorkerLimits;

/** Charts that mean harm: each costs itself alone, and the next good one renders. */
class HostileChartIT {
    private static final WorkerLimits LIMITS = new WorkerLimits(
            1,
            Duration.ofSeconds(3),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            512L << 20,
            4 << 20);

    @TempDir
    private Path scratch;

    private Renderer renderer;

    @BeforeEach
    void start() {
        renderer = RenderRoom.renderer(new HelmWorkers(scratch.resolve("render"), LIMITS), () -> "v1.34.2");
    }

    @AfterEach
    void stop() {
        renderer.close();
    }

    static Stream<Arguments> bombs() {
        return Stream.of(
                Arguments.of("an endless loop", "{{ range until 1000000000 }}{{ end }}"),
                Arguments.of(
                        "a long loop of few bytes",
                        "{{ range $a := until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}"),
                Arguments.of(
                        "recursion without end",
                        "{{ define \"a\" }}{{ template \"a\" . }}{{ end }}{{ template \"a\" . }}"),
                Arguments.of(
                        "inclusion without end",
                        "{{ define \"a\" }}{{ include \"a\" . }}{{ end }}{{ include \"a\" . }}"),
                Arguments.of("an output of 100 MB", "{{ range until 1000 }}# {{ repeat 100000 \"a\" }}\n{{ end }}a: 1"),
                Arguments.of("a text of 10 GB", "a: {{ repeat 1000000000 \"aaaaaaaaaa\" }}"),
                Arguments.of(
                        "growth by doubling",
                        "{{ $a := \"aaaaaaaaaa\" }}{{ range until 40 }}{{ $a = printf \"%s%s\" $a $a }}{{ end }}"),
                Arguments.of("an output of 5 MB", "a: {{ repeat 5000000 \"a\" }}"),
                Arguments.of("a hundred thousand documents", "{{ range until 100000 }}---\na: 1\n{{ end }}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void r26StopsAChartThatTakesTooMuchAndRendersTheNext(String name, String template) {
        RenderRequest bomb = Folders.request(Folders.chart(template));

        assertThatExceptionOfType(KeptnException.class)
                .isThrownBy(() -> renderer.render(bomb))
                .satisfies(refusal -> assertThat(refusal.error())
                        .isInstanceOfAny(
                                KeptnError.Invalid.class,
                                KeptnError.TooLarge.class,
                                KeptnError.DeadlineExceeded.class));

        assertThat(found("\"well\"")).isEqualTo("well");
    }

    @Test
    void r26StopsValuesThatLaughABillionTimes() {
        StringBuilder values = new StringBuilder("a0: &a0 [a,a,a,a,a,a,a,a,a]\n");
        for (int i = 1; i < 12; i++) {
            values.append("a%d: &a%d [%s]%n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)));
        }
        Map<String, Content> files =
                new TreeMap<>(Folders.chart("a: {{ .Values.a11 | toJson }}").files());
        files.put("values.yaml", Content.ofText(values.toString()));

        assertThatExceptionOfType(KeptnException.class)
                .isThrownBy(() -> renderer.render(Folders.request(FolderContent.of(files))));

        assertThat(found("\"well\"")).isEqualTo("well");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".Files.Get \"/etc/passwd\"",
                ".Files.Get \"../../../../../../../../etc/passwd\"",
                ".Files.Get \"../values-0.yaml\"",
                "(.Files.Glob \"/etc/*\").AsConfig",
                "getHostByName \"localhost\"",
                "lookup \"v1\" \"Secret\" \"\" \"\" | len | eq 0 | ternary \"\" \"found\"",
                "lookup \"v1\" \"Namespace\" \"\" \"kube-system\" | len | eq 0 | ternary \"\" \"found\""
            })
    void g22ReadsNothingOutsideTheFolder(String expression) {
        assertThat(found("print (" + expression + ")")).isIn("", "{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"env \"PATH\"", "expandenv \"$HOME\""})
    void g22KnowsNoEnvironment(String expression) {
        assertThatExceptionOfType(KeptnException.class)
                .isThrownBy(() -> found(expression))
                .withMessageContaining("not defined");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$ref\": \"file:///etc/passwd\"}",
                "{\"$ref\": \"http://127.0.0.1:1/schema\"}",
                "{\"$id\": \"file:///etc/\", \"properties\": {\"a\": {\"$ref\": \"passwd\"}}}",
                "{\"$schema\": \"http://127.0.0.1:1/schema\"}",
                "{\"$schema\": \"file:///dev/zero\"}"
            })
    void g22RefusesASchemaThatRefersToSomethingElse(String schema) {
        Map<String, Content> files = new TreeMap<>(Folders.chart("").files());
        files.put("helm/carts/values.schema.json", Content.ofText(schema));

        assertThatExceptionOfType(KeptnException.class)
                .isThrownBy(() -> renderer.render(Folders.request(FolderContent.of(files))))
                .withMessageStartingWith("helm/carts/values.schema.json: $");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "/etc/outside", "a//b", "templates/../../outside", "a\\b", "a\nb", "ä"})
    void g22RefusesAFileWhosePathIsNotPlain(String path) {
        Map<String, Content> files = new TreeMap<>(Folders.chart("").files());
        files.put("helm/carts/" + path, Content.ofText("a"));

        assertThatExceptionOfType(KeptnException.class)
                .isThrownBy(() -> renderer.render(Folders.request(FolderContent.of(files))))
                .withMessageContaining("plain relative names");
    }

    @Test
    void r26RefusesASubchartThatIsNoArchive() {
        Map<String, Content> files = new TreeMap<>(Folders.chart("").files());
        files.put("helm/carts/charts/db.tgz", Content.ofText("not gzip"));

        assertThatExceptionOfType(KeptnException.class)
                .isThrownBy(() -> renderer.render(Folders.request(FolderContent.of(files))))
                .withMessageContaining("helm/carts/charts/db.tgz: chart archive: is not a gzip-compressed tar archive");
    }

    /** What a good chart finds by an expression. */
    private String found(String expression) {
        Rendering rendering = renderer.render(Folders.request(Folders.chart("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: carts}
                data:
                  found: {{ %s | quote }}
                """.formatted(expression))));
        return switch (rendering) {
            case Rendering.Objects made ->
                requireNonNull(made.objects().getFirst().<String>get("data", "found"));
            case Rendering.Nothing nothing -> throw new AssertionError(nothing.why());
        };
    }
}
