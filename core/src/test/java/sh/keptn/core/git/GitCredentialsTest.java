package sh.keptn.core.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sh.keptn.core.config.Secret;
import sh.keptn.core.error.KeptnException;

class GitCredentialsTest {
    private static final String KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nx\n-----END OPENSSH PRIVATE KEY-----\n";
    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n";
    private static final String CANARY = "canary-77";

    private static GitAccess access(Map<String, String> data) {
        return GitCredentials.fromSecret(data).access();
    }

    @Test
    void readsUserAndPassword() {
        assertThat(access(Map.of("username", "me", "password", "word\n")).authentication())
                .isEqualTo(new Authentication.Basic("me", new Secret("word")));
    }

    @Test
    void readsATokenAlone() {
        assertThat(access(Map.of("token", "t")).authentication())
                .isEqualTo(new Authentication.Basic("keptnuser", new Secret("t")));
    }

    @Test
    void readsAnSshIdentity() {
        assertThat(access(Map.of("identity", KEY, "passphrase", "p", "known_hosts", "h ssh-ed25519 AAAA"))
                        .authentication())
                .isEqualTo(new Authentication.Ssh(new Secret(KEY), new Secret("p"), "h ssh-ed25519 AAAA"));
    }

    @Test
    void readsTrustAndProxy() {
        GitAccess access = access(Map.of(
                "ca.crt",
                CERTIFICATE,
                "insecureSkipTLS",
                "true",
                "proxy.url",
                "proxy.example.org:3128",
                "proxy.scheme",
                "http",
                "proxy.user",
                "me",
                "proxy.password",
                "word"));

        assertThat(access.caCertificates()).contains(CERTIFICATE);
        assertThat(access.insecureSkipTls()).isTrue();
        assertThat(access.proxy()).contains(new ProxySettings("proxy.example.org", 3128, "me", new Secret("word")));
    }

    @Test
    void takesAnEmptySecretForAnOpenUpstream() {
        assertThat(access(Map.of())).isEqualTo(GitAccess.ANONYMOUS);
    }

    @Test
    void readsKeptnsJsonWithAToken() {
        GitCredentials credentials = GitCredentials.fromSecret(Map.of("git-credentials", """
                {"remoteURL":"https://example.org/x.git","user":"","https":{"token":"t","insecureSkipTLS":true,
                 "proxy":{"url":"10.0.0.1:3128","scheme":"http","user":"u","password":"p"}}}"""));

        assertThat(credentials.url()).contains(new GitUrl("https://example.org/x.git"));
        assertThat(credentials.access().authentication())
                .isEqualTo(new Authentication.Basic("keptnuser", new Secret("t")));
        assertThat(credentials.access().insecureSkipTls()).isTrue();
        assertThat(credentials.access().proxy()).contains(new ProxySettings("10.0.0.1", 3128, "u", new Secret("p")));
    }

    @Test
    void readsKeptnsJsonWithAKeyInBase64() {
        String encoded = Base64.getEncoder().encodeToString(KEY.getBytes(StandardCharsets.UTF_8));

        GitAccess access = access(Map.of(
                "git-credentials",
                "{\"remoteURL\":\"ssh://git@example.org/x.git\",\"ssh\":{\"privateKey\":\"" + encoded
                        + "\",\"privateKeyPass\":\"p\"}}",
                "known_hosts",
                "h"));

        assertThat(access.authentication()).isEqualTo(new Authentication.Ssh(new Secret(KEY), new Secret("p"), "h"));
    }

    @Test
    void refusesWithTheKeyAndNeverTheValue() {
        for (Map.Entry<String, Map<String, String>> bad : List.of(
                Map.entry("username", Map.of("username", CANARY)),
                Map.entry("token", Map.of("token", CANARY, "password", CANARY)),
                Map.entry("identity", Map.of("identity", CANARY)),
                Map.entry("identity", Map.of("identity", KEY, "token", CANARY)),
                Map.entry("ca.crt", Map.of("ca.crt", CANARY)),
                Map.entry("proxy.url", Map.of("proxy.url", CANARY)),
                Map.entry("proxy.url", Map.of("proxy.url", "http://" + CANARY + ":x@host:1")),
                Map.entry("proxy.url", Map.of("proxy.url", "host:99999")),
                Map.entry("insecureSkipTLS", Map.of("insecureSkipTLS", CANARY)),
                Map.entry("git-credentials", Map.of("git-credentials", CANARY)),
                Map.entry("git-credentials", Map.of("git-credentials", "{\"a\":" + CANARY)),
                Map.entry(
                        "git-credentials",
                        Map.of("git-credentials", "{\"ssh\":{\"privateKey\":\"" + CANARY + "\"}}")))) {
            KeptnException refusal =
                    catchThrowableOfType(KeptnException.class, () -> GitCredentials.fromSecret(bad.getValue()));

            assertThat(refusal).as(bad.getKey()).isNotNull();
            assertThat(refusal.getMessage()).contains(bad.getKey()).doesNotContain(CANARY);
            assertThat(refusal.getCause()).isNull();
        }
    }

    @Test
    void printsNothingOfWhatItHolds() {
        assertThat(GitCredentials.fromSecret(Map.of("username", "me", "password", CANARY))
                        .toString())
                .doesNotContain(CANARY);
    }
}
