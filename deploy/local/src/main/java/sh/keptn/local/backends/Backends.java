package sh.keptn.local.backends;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.local.git.GitServer;
import sh.keptn.local.git.Webhook;
import sh.keptn.local.store.EmbeddedStore;

/**
 * The Git server with its provisioner and the document store, each if it is asked for. All of it listens on the
 * loopback address alone.
 */
public final class Backends implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Backends.class);
    private static final int OK = 200;
    private static final int NO_BODY = -1;

    private final Deque<Runnable> closing = new ArrayDeque<>();

    /** Serves the repositories of a directory; the token opens every one of them, and pushes are announced. */
    public void serveGit(int port, Path directory, String token, Optional<Webhook> webhook) {
        GitServer git = GitServer.start(directory, port, token, webhook);
        closing.push(git::close);
        log.atInfo().addKeyValue("url", git.url()).log("serving Git repositories");
    }

    /** Serves the documents of a directory. */
    public void serveStore(int port, Path directory) throws IOException {
        EmbeddedStore store = EmbeddedStore.start(directory, port);
        closing.push(store::close);
        log.atInfo().addKeyValue("uri", store.uri()).log("serving documents");
    }

    /** Answers {@code /readyz}: to be called last, when everything else answers. */
    public void sayReady(int port) throws IOException {
        HttpServer readiness = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        readiness.createContext("/readyz", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(OK, NO_BODY);
            }
        });
        readiness.start();
        closing.push(() -> readiness.stop(0));
    }

    /** Ends what was started, the last first. */
    @Override
    public void close() {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
    }
}
