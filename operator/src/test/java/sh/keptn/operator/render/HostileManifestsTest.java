package sh.keptn.operator.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.Content;

/** What a folder's author may get wrong, by mistake or on purpose, and what the message says then. */
class HostileManifestsTest {
    private static final String SECRET = "hunter2";

    private final Renderer renderer = RenderRoom.renderer(new NoHelm(), () -> "v1.34.0");

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("billion laughs", laughs(9, 9), "the number of values"),
                Arguments.of("many aliases", "a: &a b\nc: [" + "*a,".repeat(51) + "]", "more than 50 aliases"),
                Arguments.of("alias of itself", "a: &a\n  b: *a\n", "names no anchor"),
                Arguments.of("deep flow nesting", "[".repeat(100_000), "nested more than 50 deep"),
                Arguments.of("deep block nesting", "- ".repeat(1_000) + "a", "nested more than 50 deep"),
                Arguments.of("a hundred thousand documents", "---\n".repeat(100_000), "the number of documents"),
                Arguments.of("too many objects", pods(2_001), "the number of objects is above the limit of 2000"),
                Arguments.of("a tab as indentation", "a:\n\tb: " + SECRET, "document 1 is not valid YAML at line 2"),
                Arguments.of("a control character", "a: \u0007" + SECRET, "U+0007"),
                Arguments.of("a foreign tag", "!!javax.script.ScriptEngineManager [" + SECRET + "]", "tag"),
                Arguments.of("a key twice", "a: 1\nb: 2\na: " + SECRET, "document 1 (line 3) has a key twice"),
                Arguments.of("infinity", "a: .inf", "infinity"),
                Arguments.of("no object", "- " + SECRET, "document 1 (line 1): is no Kubernetes object"),
                Arguments.of("no kind", "apiVersion: v1\na: " + SECRET, "it has no kind"),
                Arguments.of("no name", "apiVersion: v1\nkind: Pod\nmetadata: {}", "no metadata.name"),
                Arguments.of(
                        "a generated name",
                        "apiVersion: v1\nkind: Pod\nmetadata: {generateName: a-}",
                        "metadata.generateName"),
                Arguments.of(
                        "an annotation that is no text",
                        "apiVersion: v1\nkind: Pod\nmetadata: {name: a, annotations: {a: true}}",
                        "put it in quotes"),
                Arguments.of(
                        "a kustomization",
                        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization",
                        "a kustomization is not built here"),
                Arguments.of(
                        "the same object twice",
                        pods(1) + pods(1),
                        "Pod 'pod-0' stands in manifests/a.yaml, document 1"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refusesWithThePlaceAndWithoutTheContent(String name, String text, String message) {
        FolderContent folder = Folders.of("manifests/a.yaml", text);

        assertThatExceptionOfType(KeptnException.class)
                .isThrownBy(() -> renderer.render(Folders.request(folder)))
                .withMessageContaining(message)
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain(SECRET));
    }

    @Test
    void refusesBytesThatAreNoText() {
        FolderContent folder = FolderContent.of(
                Map.of("manifests/a.yaml", Content.of("a: \u00e4".getBytes(StandardCharsets.ISO_8859_1))));

        assertThatExceptionOfType(KeptnException.class)
                .isThrownBy(() -> renderer.render(Folders.request(folder)))
                .withMessage("manifests/a.yaml: is not UTF-8 text");
    }

    @Test
    void refusesAFileThatIsTooLarge() {
        FolderContent folder = Folders.of("manifests/a.yaml", "#".repeat((3 << 20) + 1));

        assertThatExceptionOfType(KeptnException.class)
                .isThrownBy(() -> renderer.render(Folders.request(folder)))
                .satisfies(refusal -> assertThat(refusal.error()).isInstanceOf(KeptnError.TooLarge.class));
    }

    @Test
    void refusesJsonWithAKeyTwice() {
        FolderContent folder = Folders.of("manifests/a.json", "{\"a\": 1,\n\"a\": \"" + SECRET + "\"}");

        assertThatExceptionOfType(KeptnException.class)
                .isThrownBy(() -> renderer.render(Folders.request(folder)))
                .withMessage("manifests/a.json: is not valid JSON at line 2");
    }

    @Test
    void passesOverAByteOrderMark() {
        FolderContent folder = Folders.of("manifests/a.yaml", "\uFEFF" + pods(1));

        Rendering rendering = renderer.render(Folders.request(folder));

        assertThat(rendering).isInstanceOf(Rendering.Objects.class);
    }

    private static String laughs(int levels, int width) {
        StringBuilder yaml = new StringBuilder("l0: &l0 [" + "a,".repeat(width * 10) + "a]\n");
        for (int level = 1; level <= levels; level++) {
            String aliases = ("*l" + (level - 1) + ", ").repeat(width);
            yaml.append("l%d: &l%d [%s]%n".formatted(level, level, aliases.substring(0, aliases.length() - 2)));
        }
        return yaml.toString();
    }

    private static String pods(int count) {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < count; i++) {
            yaml.append("---\napiVersion: v1\nkind: Pod\nmetadata: {name: pod-%d}\n".formatted(i));
        }
        return yaml.toString();
    }
}
