package sh.keptn.core.git.jgit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.error.UpstreamFault;
import sh.keptn.core.git.AddressPolicy;
import sh.keptn.core.git.GitAccess;
import sh.keptn.core.git.GitAuthor;
import sh.keptn.core.git.GitLimits;
import sh.keptn.core.git.GitUrl;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.ProjectName;

/** An upstream whose certificate nobody but its own project trusts. */
class TlsIT {
    private static KeyStore keys;

    @TempDir
    Path directory;

    private LocalHost host;
    private TlsFront front;
    private JGitStore store;
    private Upstream plain;

    @BeforeAll
    static void makeKeys(@TempDir Path shared) throws Exception {
        keys = TlsFront.selfSigned(shared);
    }

    @BeforeEach
    void startAll() {
        host = new LocalHost(directory.resolve("server"));
        plain = host.upstream("sockshop");
        front = new TlsFront(keys, host.port());
        store = new JGitStore(
                directory.resolve("mirrors"),
                GitAuthor.KEPTN,
                GitLimits.DEFAULT,
                new AddressPolicy(true, true),
                Clock.systemUTC());
    }

    @AfterEach
    void stopAll() {
        store.close();
        front.close();
        host.close();
    }

    private Upstream secure(String host, String project, Optional<String> trusted, boolean skip) {
        return new Upstream(
                new ProjectName(project),
                new GitUrl("https://" + host + ":" + front.port() + "/sockshop.git"),
                new GitAccess(plain.access().authentication(), trusted, skip, Optional.empty()),
                Optional.empty(),
                plain.timeout());
    }

    private UpstreamFault faultOf(Upstream upstream) {
        KeptnException failure = catchThrowableOfType(KeptnException.class, () -> store.heads(upstream));
        assertThat(failure).isNotNull();
        assertThat(failure.error()).isInstanceOf(KeptnError.Upstream.class);
        return ((KeptnError.Upstream) failure.error()).fault();
    }

    @Test
    void refusesAnUnknownAuthority() {
        assertThat(faultOf(secure("localhost", "one", Optional.empty(), false))).isEqualTo(UpstreamFault.TLS);
    }

    @Test
    void trustsTheAuthorityThatTheProjectNames() {
        assertThat(store.heads(secure("localhost", "one", Optional.of(front.authority()), false))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void refusesACertificateOfAnotherHost() {
        assertThat(faultOf(secure("127.0.0.1", "one", Optional.of(front.authority()), false)))
                .isEqualTo(UpstreamFault.TLS);
    }

    @Test
    void skipsTheCheckForThatProjectAlone() {
        assertThat(store.heads(secure("127.0.0.1", "one", Optional.empty(), true))
                        .isEmpty())
                .isTrue();
        assertThat(faultOf(secure("127.0.0.1", "two", Optional.empty(), false))).isEqualTo(UpstreamFault.TLS);
    }
}
