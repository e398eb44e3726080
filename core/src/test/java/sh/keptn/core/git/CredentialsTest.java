package sh.keptn.core.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sh.keptn.core.config.Secret;
import sh.keptn.core.error.KeptnException;

class CredentialsTest {
    private static final String KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----\n";

    @Test
    void readsUserAndPassword() {
        Credentials credentials = Credentials.of(Map.of("username", "anna", "password", "s3cret"));

        assertThat(credentials.access().authentication())
                .isEqualTo(new Authentication.Basic("anna", new Secret("s3cret")));
    }

    @Test
    void givesATokenAloneKeptnsUser() {
        Credentials credentials = Credentials.of(Map.of("token", "s3cret"));

        assertThat(credentials.access().authentication())
                .isEqualTo(new Authentication.Basic("keptnuser", new Secret("s3cret")));
    }

    @Test
    void readsAnSshIdentity() {
        Credentials credentials = Credentials.of(
                Map.of("identity", KEY, "passphrase", "open", "known_hosts", "git.example.org ssh-rsa A"));

        assertThat(credentials.access().authentication())
                .isEqualTo(new Authentication.Ssh(new Secret(KEY), new Secret("open"), "git.example.org ssh-rsa A"));
    }

    @Test
    void readsKeptnsOwnJson() {
        String json = """
                {"remoteURL":"https://git.example.org/p.git","user":"keptn",
                 "https":{"token":"s3cret","insecureSkipTLS":true,
                          "proxy":{"url":"proxy.example.org:3128","scheme":"http","user":"p","password":"q"}}}""";

        Credentials credentials = Credentials.of(Map.of("git-credentials", json));

        assertThat(credentials.remoteUrl()).contains("https://git.example.org/p.git");
        assertThat(credentials.access())
                .isEqualTo(new GitAccess(
                        new Authentication.Basic("keptn", new Secret("s3cret")),
                        Optional.empty(),
                        true,
                        Optional.of(new ProxySettings("proxy.example.org", 3128, "p", new Secret("q")))));
    }

    @Test
    void takesAKeptnPrivateKeyInBase64() {
        String encoded = Base64.getEncoder().encodeToString(KEY.getBytes(StandardCharsets.UTF_8));

        Credentials credentials =
                Credentials.of(Map.of("git-credentials", "{\"ssh\":{\"privateKey\":\"" + encoded + "\"}}"));

        assertThat(credentials.access().authentication())
                .isEqualTo(new Authentication.Ssh(new Secret(KEY), new Secret(""), ""));
    }

    @Test
    void takesASecretThatHoldsNothingAsNoCredentials() {
        assertThat(Credentials.of(Map.of())).isEqualTo(Credentials.NONE);
    }

    @Test
    void refusesWhatItCannotReadWithoutQuotingIt() {
        assertThatThrownBy(() -> Credentials.of(Map.of("git-credentials", "{\"user\": s3cret")))
                .isInstanceOf(KeptnException.class)
                .hasMessageContaining("git-credentials is not valid JSON")
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
        assertThatThrownBy(() -> Credentials.of(Map.of("identity", "s3cret")))
                .isInstanceOf(KeptnException.class)
                .hasMessage("credentials: identity is not PEM");
        assertThatThrownBy(() -> Credentials.of(Map.of("proxy.url", "anna:s3cret@proxy:1")))
                .isInstanceOf(KeptnException.class)
                .hasMessageNotContaining("s3cret");
    }
}
