package sh.keptn.operator;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sh.keptn.core.config.ConfigurationException;
import sh.keptn.core.config.Env;
import sh.keptn.core.git.AddressPolicy;
import sh.keptn.core.git.GitAuthor;

class OperatorConfigTest {
    @Test
    void hasDefaults() {
        assertThat(OperatorConfig.from(new Env(Map.of())))
                .isEqualTo(new OperatorConfig(
                        "keptn",
                        Path.of("/data"),
                        new OperatorConfig.Management("0.0.0.0", 8081),
                        Optional.empty(),
                        Optional.empty(),
                        new AddressPolicy(false, true),
                        GitAuthor.KEPTN,
                        true,
                        Set.of()));
    }

    @Test
    void readsEveryVariable() {
        Map<String, String> variables = Map.ofEntries(
                entry("KEPTN_NAMESPACE", "other"),
                entry("KEPTN_DATA_DIR", "/somewhere"),
                entry("KEPTN_BIND_ADDRESS", "127.0.0.1"),
                entry("KEPTN_MANAGEMENT_PORT", "9090"),
                entry("KEPTN_GIT_PROVISIONING_URL", "http://git.example.org"),
                entry("KEPTN_WEBHOOK_SECRET", "hooks"),
                entry("KEPTN_ALLOW_LOOPBACK_UPSTREAMS", "true"),
                entry("KEPTN_ALLOW_PRIVATE_UPSTREAMS", "false"),
                entry("KEPTN_GIT_AUTHOR_NAME", "Anna"),
                entry("KEPTN_GIT_AUTHOR_EMAIL", "anna@example.org"),
                entry("KEPTN_LEADER_ELECTION", "false"),
                entry("KEPTN_ALLOWED_CLUSTER_KINDS", "PriorityClass.scheduling.k8s.io, PersistentVolume"));

        assertThat(OperatorConfig.from(new Env(variables)))
                .isEqualTo(new OperatorConfig(
                        "other",
                        Path.of("/somewhere"),
                        new OperatorConfig.Management("127.0.0.1", 9090),
                        Optional.of(URI.create("http://git.example.org")),
                        Optional.of("hooks"),
                        new AddressPolicy(true, false),
                        new GitAuthor("Anna", "anna@example.org"),
                        false,
                        Set.of("PriorityClass.scheduling.k8s.io", "PersistentVolume")));
    }

    @ParameterizedTest
    @CsvSource({"KEPTN_MANAGEMENT_PORT, 70000", "KEPTN_LEADER_ELECTION, maybe", "KEPTN_ALLOW_PRIVATE_UPSTREAMS, 1"})
    void namesTheVariableThatCannotBeUsed(String variable, String value) {
        assertThatThrownBy(() -> OperatorConfig.from(new Env(Map.of(variable, value))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(variable)
                .hasMessageContaining(value);
    }
}
