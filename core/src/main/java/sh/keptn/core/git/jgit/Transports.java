package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumSet;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectChecker.ErrorType;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PackTransport;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;
import sh.keptn.core.git.Upstream;

/** Opens JGit's transports with everything that one project brings, and nothing of the process. */
final class Transports implements AutoCloseable {
    private final HttpClients clients;
    private final SshSessions ssh;
    private final long maxTransferBytes;

    Transports(HttpClients clients, SshSessions ssh, long maxTransferBytes) {
        this.clients = clients;
        this.ssh = ssh;
        this.maxTransferBytes = maxTransferBytes;
    }

    /** Opens the way of a push to the same place. */
    private interface Wires {
        PushWire open() throws IOException;
    }

    /** One command's transport, and the means to break it off from another thread. */
    record Session(Transport transport, Wires wires, Runnable abortion, AutoCloseable resources)
            implements AutoCloseable {
        /** A push that is told what is new, where JGit's own would look for it. */
        DraftPush openPush() throws IOException {
            return new DraftPush((PackTransport) transport, wires.open());
        }

        void abort() {
            abortion.run();
        }

        @Override
        public void close() throws IOException {
            transport.close();
            try {
                resources.close();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }

    Session open(Upstream upstream, Repository mirror) throws IOException, URISyntaxException {
        Transport transport = Transport.open(mirror, new URIish(upstream.url().value()));
        transport.setTagOpt(TagOpt.NO_TAGS);
        transport.setTimeout(Math.toIntExact(Math.max(1, upstream.timeout().toSeconds())));
        transport.setObjectChecker(checker());
        return switch (transport) {
            case TransportHttp http -> {
                HttpTransfer transfer = new HttpTransfer(clients.clientFor(upstream), upstream, maxTransferBytes);
                http.setHttpConnectionFactory(transfer);
                yield new Session(
                        http,
                        () -> new HttpPushWire(
                                transfer, URI.create(upstream.url().value())),
                        transfer::abort,
                        transfer);
            }
            case SshTransport secure -> {
                SshSessions.Login login = ssh.login(upstream, secure.getURI());
                secure.setSshSessionFactory(login);
                URIish address = secure.getURI();
                int seconds = secure.getTimeout();
                yield new Session(
                        secure,
                        () -> new SshPushWire(login.getSession(address, null, FS.DETECTED, seconds), address, seconds),
                        login::abort,
                        login);
            }
            default -> throw new IllegalStateException("GitUrl lets only http and ssh through");
        };
    }

    /**
     * Damaged objects are refused. Names that would hurt a work tree, and sloppy old commits, are let in: there is no
     * work tree here, whoever reads a tree leaves such names out, and one odd commit in a long history must not make a
     * project unusable.
     */
    private static ObjectChecker checker() {
        ObjectChecker checker = new ObjectChecker();
        checker.setIgnore(EnumSet.of(
                ErrorType.ZERO_PADDED_FILEMODE,
                ErrorType.HAS_DOT,
                ErrorType.HAS_DOTDOT,
                ErrorType.HAS_DOTGIT,
                ErrorType.FULL_PATHNAME,
                ErrorType.BAD_DATE,
                ErrorType.BAD_EMAIL,
                ErrorType.BAD_TIMEZONE,
                ErrorType.MISSING_EMAIL,
                ErrorType.MISSING_SPACE_BEFORE_DATE,
                ErrorType.GITMODULES_BLOB,
                ErrorType.GITMODULES_LARGE,
                ErrorType.GITMODULES_NAME,
                ErrorType.GITMODULES_PARSE,
                ErrorType.GITMODULES_PATH,
                ErrorType.GITMODULES_SYMLINK,
                ErrorType.GITMODULES_URL));
        return checker;
    }

    @Override
    public void close() {
        clients.close();
    }
}
