package sh.keptn.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    private static final Set<String> KNOWN = Set.of("kubeconfig", "namespace");

    @Test
    void readsTheCommandItsOptionsAndTheFilesInAnyOrder() {
        Arguments arguments = Arguments.parse(List.of("install", "a.yaml", "--kubeconfig", "config", "b.yaml"), KNOWN);

        assertThat(arguments.command()).isEqualTo("install");
        assertThat(arguments.path("kubeconfig")).isEqualTo(Path.of("config"));
        assertThat(arguments.files()).containsExactly(Path.of("a.yaml"), Path.of("b.yaml"));
    }

    @Test
    void refusesAnOptionThatNobodyKnows() {
        assertThatThrownBy(() -> Arguments.parse(List.of("install", "--kubconfig", "config"), KNOWN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown option --kubconfig");
    }

    @Test
    void refusesAnOptionWithoutItsValue() {
        assertThatThrownBy(() -> Arguments.parse(List.of("install", "--kubeconfig"), KNOWN))
                .hasMessage("--kubeconfig needs a value");
    }

    @Test
    void namesTheOptionThatIsMissing() {
        Arguments arguments = Arguments.parse(List.of("install"), KNOWN);

        assertThatThrownBy(() -> arguments.required("namespace")).hasMessage("--namespace is missing");
    }
}
