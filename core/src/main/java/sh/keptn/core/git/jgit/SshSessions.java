package sh.keptn.core.git.jgit;

import java.io.IOException;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;
import sh.keptn.core.error.UpstreamFault;
import sh.keptn.core.git.Upstream;

/** SSH sessions with one project's key and known hosts, both from memory. */
final class SshSessions {
    /** The sessions of one command. */
    static final class Login extends SshSessionFactory implements AutoCloseable {
        private final Upstream upstream;

        Login(Upstream upstream) {
            this.upstream = upstream;
        }

        @Override
        public RemoteSession getSession(URIish uri, @Nullable CredentialsProvider credentials, FS fs, int timeout) {
            throw UpstreamErrors.of(UpstreamFault.AUTH, upstream);
        }

        @Override
        public String getType() {
            return "keptn";
        }

        void abort() {}

        @Override
        public void close() throws IOException {}
    }

    Login login(Upstream upstream) {
        return new Login(upstream);
    }
}
