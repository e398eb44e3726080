package sh.keptn.operator.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * A folder in src/test/resources/render: what stands in {@code in/} is rendered to {@code out.yaml}, which is written
 * anew with -Drender.update=true.
 */
record GoldenFolder(String name) {
    private static final Path ALL = Path.of("src", "test", "resources", "render");

    RenderRequest request() {
        return Folders.request(Folders.load(ALL.resolve(name).resolve("in")));
    }

    void assertRendersAsWritten(Rendering rendering) throws IOException {
        String text = text(rendering);
        Path expected = ALL.resolve(name).resolve("out.yaml");
        if (Boolean.getBoolean("render.update")) {
            Files.writeString(expected, text);
        }
        assertThat(text).isEqualTo(Files.readString(expected));
    }

    private static String text(Rendering rendering) {
        KubernetesSerialization serialization = new KubernetesSerialization();
        return switch (rendering) {
            case Rendering.Objects made ->
                made.objects().stream()
                        .map(serialization::asYaml)
                        .map(yaml -> yaml.startsWith("---") ? yaml : "---\n" + yaml)
                        .collect(Collectors.joining("", "# " + made.engine() + "\n", ""));
            case Rendering.Nothing nothing -> "# " + nothing.why() + "\n";
        };
    }
}
