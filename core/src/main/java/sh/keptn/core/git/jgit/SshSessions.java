package sh.keptn.core.git.jgit;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;
import sh.keptn.core.error.UpstreamFault;
import sh.keptn.core.git.AddressPolicy;
import sh.keptn.core.git.Authentication;
import sh.keptn.core.git.Upstream;

/**
 * SSH sessions with one project's key and known hosts, both from memory: no file of a user, no agent and no setting of
 * the machine has a say.
 */
final class SshSessions {
    /** Whom Keptn logs in as, and every Git host expects. */
    private static final String DEFAULT_USER = "git";

    private static final int DEFAULT_PORT = 22;

    private final Path emptyDirectory;
    private final CheckedAddresses addresses;

    SshSessions(Path emptyDirectory, AddressPolicy policy) {
        this.emptyDirectory = emptyDirectory;
        this.addresses = new CheckedAddresses(policy);
    }

    Login login(Upstream upstream, URIish uri) {
        return new Login(upstream, uri);
    }

    /** The sessions of one command. */
    final class Login extends SshSessionFactory implements AutoCloseable {
        private final SshdSessionFactory sessions;
        private final KnownHosts knownHosts;
        private final boolean keyGiven;

        private Login(Upstream upstream, URIish uri) {
            boolean ssh = upstream.access().authentication() instanceof Authentication.Ssh;
            this.keyGiven = ssh;
            this.knownHosts = new KnownHosts(
                    upstream.access().authentication() instanceof Authentication.Ssh login ? login.knownHosts() : "",
                    uri.getHost(),
                    portOf(uri),
                    addresses);
            File nowhere = emptyDirectory.toFile();
            Iterable<KeyPair> keys = keysOf(upstream);
            this.sessions = new SshdSessionFactoryBuilder()
                    .setHomeDirectory(nowhere)
                    .setSshDirectory(nowhere)
                    .setConfigFile(directory -> null)
                    .setDefaultKnownHostsFiles(directory -> List.of())
                    .setDefaultIdentities(directory -> List.of())
                    .setPreferredAuthentications("publickey")
                    .setDefaultKeysProvider(directory -> keys)
                    .setServerKeyDatabase((home, directory) -> knownHosts)
                    .setConnectorFactory(null)
                    .build(null);
        }

        @Override
        public RemoteSession getSession(URIish uri, @Nullable CredentialsProvider credentials, FS fs, int timeout)
                throws TransportException {
            URIish target = uri.getUser() == null ? uri.setUser(DEFAULT_USER) : uri;
            try {
                addresses.resolve(target.getHost());
                return sessions.getSession(target, null, fs, timeout);
            } catch (UnknownHostException e) {
                throw new TransportException(target, e.getClass().getSimpleName(), e);
            } catch (TransportException e) {
                throw new TransportException(target, "no SSH session", explained(e));
            }
        }

        private Exception explained(TransportException failure) {
            if (knownHosts.refusedAddress()) {
                return new SshRefusal(UpstreamFault.ADDRESS_REFUSED, failure);
            }
            if (knownHosts.refusedKey()) {
                return new SshRefusal(UpstreamFault.HOST_KEY, failure);
            }
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                boolean refused = cause instanceof SshException ssh
                        && (ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE
                                || ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_ILLEGAL_USER_NAME);
                if (refused || cause instanceof GeneralSecurityException || !keyGiven) {
                    return new SshRefusal(UpstreamFault.AUTH, failure);
                }
            }
            return failure;
        }

        @Override
        public String getType() {
            return "keptn";
        }

        void abort() {
            sessions.close();
        }

        @Override
        public void close() {
            sessions.close();
        }
    }

    private static int portOf(URIish uri) {
        return uri.getPort() > 0 ? uri.getPort() : DEFAULT_PORT;
    }

    /** A key that cannot be read, or not with this passphrase, is a refused login like any other. */
    private static Iterable<KeyPair> keysOf(Upstream upstream) {
        if (!(upstream.access().authentication() instanceof Authentication.Ssh ssh)) {
            return List.of();
        }
        FilePasswordProvider passphrase = ssh.passphrase().isBlank()
                ? FilePasswordProvider.EMPTY
                : FilePasswordProvider.of(ssh.passphrase().reveal());
        try {
            Iterable<KeyPair> keys = SecurityUtils.loadKeyPairIdentities(
                    null,
                    NamedResource.ofName("identity"),
                    new ByteArrayInputStream(ssh.identity().reveal().getBytes(StandardCharsets.UTF_8)),
                    passphrase);
            return keys == null ? List.of() : keys;
        } catch (IOException | GeneralSecurityException e) {
            throw UpstreamErrors.of(UpstreamFault.AUTH, upstream);
        }
    }
}
