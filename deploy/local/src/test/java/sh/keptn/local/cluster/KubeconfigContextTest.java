package sh.keptn.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigContextTest {

    @TempDir
    private Path directory;

    private Path kubeconfig;
    private Path copy;

    @BeforeEach
    void writeAKubeconfigWithTwoContexts() throws IOException {
        copy = directory.resolve("copy");
        kubeconfig = directory.resolve("config");
        Files.writeString(kubeconfig, """
                apiVersion: v1
                kind: Config
                clusters:
                - {name: one, cluster: {server: "https://one.example:6443", certificate-authority: certs/one.crt}}
                - {name: two, cluster: {server: "https://two.example:6443"}}
                users:
                - {name: alice, user: {token: secret-of-alice}}
                - {name: other, user: {token: secret-of-other}}
                contexts:
                - {name: first, context: {cluster: one, user: alice}}
                - {name: second, context: {cluster: two, user: other}}
                current-context: second
                """);
    }

    @Test
    void copiesOneContextAndNothingOfTheOthers() throws IOException {
        KubeconfigContext.copy(kubeconfig.toString(), "first", copy);

        Config access = Config.fromKubeconfig(copy.toFile());
        assertThat(access.getMasterUrl()).startsWith("https://one.example:6443");
        assertThat(access.getAutoOAuthToken()).isEqualTo("secret-of-alice");
        assertThat(access.getCaCertFile())
                .isEqualTo(directory.resolve("certs/one.crt").toString());
        assertThat(copy).content().doesNotContain("two", "other");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
    }

    @Test
    void looksThroughAListOfFiles() throws IOException {
        String files = directory.resolve("absent") + File.pathSeparator + kubeconfig;

        KubeconfigContext.copy(files, "second", copy);

        assertThat(Config.fromKubeconfig(copy.toFile()).getMasterUrl()).startsWith("https://two.example:6443");
    }

    @Test
    void refusesAContextThatIsNotThereInsteadOfTakingTheCurrentOne() {
        assertThatThrownBy(() -> KubeconfigContext.copy(kubeconfig.toString(), "third", copy))
                .isInstanceOf(InstallationRefused.class)
                .hasMessageContaining("there is no context third")
                .hasMessageContaining("first, second");
        assertThat(copy).doesNotExist();
    }
}
