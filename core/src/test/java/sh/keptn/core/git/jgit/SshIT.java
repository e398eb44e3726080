package sh.keptn.core.git.jgit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sh.keptn.core.config.Secret;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.error.UpstreamFault;
import sh.keptn.core.git.AddressPolicy;
import sh.keptn.core.git.Authentication;
import sh.keptn.core.git.GitAuthor;
import sh.keptn.core.git.GitLimits;
import sh.keptn.core.git.Upstream;

/** The contract over SSH, and what only SSH can get wrong. */
class SshIT extends GitStoreContract {
    @TempDir
    Path own;

    @Override
    GitHost start(Path serverDirectory) {
        return new SshHost(serverDirectory);
    }

    /** Each command is a login of its own here. */
    @Override
    int writesInTheRace() {
        return 5;
    }

    private UpstreamFault faultOf(SshHost host, Authentication authentication) {
        Upstream upstream = host.upstream("keys", authentication);
        try (JGitStore store = new JGitStore(
                own.resolve("mirrors"),
                GitAuthor.KEPTN,
                GitLimits.DEFAULT,
                new AddressPolicy(true, true),
                Clock.systemUTC())) {
            KeptnException failure = catchThrowableOfType(KeptnException.class, () -> store.heads(upstream));
            assertThat(failure).isNotNull();
            return failure.error() instanceof KeptnError.Upstream(UpstreamFault fault, String message)
                    ? fault
                    : UpstreamFault.UNAVAILABLE;
        }
    }

    private static Authentication login(KeyPair key, String knownHosts) {
        return new Authentication.Ssh(new Secret(SshHost.pem(key, "")), new Secret(""), knownHosts);
    }

    @Test
    void refusesHostsThatAreUnknownChangedOrRevoked() {
        try (SshHost host = new SshHost(own.resolve("hosts"))) {
            assertThat(faultOf(host, login(host.clientKey(), ""))).isEqualTo(UpstreamFault.HOST_KEY);
            assertThat(faultOf(host, login(host.clientKey(), host.knownHosts(SshHost.newKey()))))
                    .isEqualTo(UpstreamFault.HOST_KEY);
            assertThat(faultOf(host, login(host.clientKey(), host.knownHosts() + "@revoked " + host.knownHosts())))
                    .isEqualTo(UpstreamFault.HOST_KEY);
        }
    }

    @Test
    void refusesKeysThatAreUnknownOrCannotBeRead() {
        try (SshHost host = new SshHost(own.resolve("keys"))) {
            assertThat(faultOf(host, login(SshHost.newKey(), host.knownHosts())))
                    .isEqualTo(UpstreamFault.AUTH);
            String locked = SshHost.pem(host.clientKey(), "right");
            assertThat(faultOf(
                            host, new Authentication.Ssh(new Secret(locked), new Secret("wrong"), host.knownHosts())))
                    .isEqualTo(UpstreamFault.AUTH);
            assertThat(faultOf(host, new Authentication.Ssh(new Secret("rubbish"), new Secret(""), host.knownHosts())))
                    .isEqualTo(UpstreamFault.AUTH);
        }
    }

    @Test
    void opensAKeyWithItsPassphrase() {
        try (SshHost host = new SshHost(own.resolve("locked"));
                JGitStore store = new JGitStore(
                        own.resolve("mirrors"),
                        GitAuthor.KEPTN,
                        GitLimits.DEFAULT,
                        new AddressPolicy(true, true),
                        Clock.systemUTC())) {
            Upstream upstream = host.upstream(
                    "locked",
                    new Authentication.Ssh(
                            new Secret(SshHost.pem(host.clientKey(), "right")),
                            new Secret("right"),
                            host.knownHosts()));

            assertThat(store.heads(upstream).isEmpty()).isTrue();
        }
    }
}
