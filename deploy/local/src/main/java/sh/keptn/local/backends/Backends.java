package sh.keptn.local.backends;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.local.git.GitServer;

/** The Git server with its provisioner, and {@code /readyz} once it serves. All of it listens on loopback only. */
public final class Backends implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Backends.class);
    private static final int OK = 200;
    private static final int NO_BODY = -1;

    private final GitServer git;
    private final HttpServer readiness;

    private Backends(GitServer git, HttpServer readiness) {
        this.git = git;
        this.readiness = readiness;
    }

    /** Starts everything; when this returns, everything answers. The token opens every repository. */
    public static Backends start(int managementPort, int gitPort, Path gitDirectory, String gitToken)
            throws IOException {
        GitServer git = GitServer.start(gitDirectory, gitPort, gitToken);
        try {
            HttpServer readiness =
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), managementPort), 0);
            readiness.createContext("/readyz", exchange -> {
                try (exchange) {
                    exchange.sendResponseHeaders(OK, NO_BODY);
                }
            });
            readiness.start();
            log.atInfo().addKeyValue("git", git.url()).log("serving");
            return new Backends(git, readiness);
        } catch (IOException taken) {
            git.close();
            throw taken;
        }
    }

    @Override
    public void close() {
        readiness.stop(0);
        git.close();
    }
}
