package sh.keptn.local.store;

import de.bwaldvogel.mongo.MongoServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVStore;

/**
 * A document store on the MongoDB wire protocol in this process, with its data in one file of a directory. An
 * acknowledged write survives a kill of the process. It listens on the loopback address, asks for no password, and
 * keeps no secondary indexes: every query that is not by a unique index reads the whole collection.
 */
public final class EmbeddedStore implements AutoCloseable {
    private static final String FILE = "events.mv.db";

    /** Each connection's commands run on its own thread of these, so that writers can share a sync of the file. */
    private static final int THREADS = 16;

    private final MongoServer server;
    private final InetSocketAddress address;

    private EmbeddedStore(MongoServer server) {
        this.server = server;
        this.address = server.getLocalAddress();
    }

    /**
     * Opens the file in the directory, which is made when missing, and listens on the port, or on a free one for 0.
     *
     * @throws IOException when the directory cannot be made
     */
    public static EmbeddedStore start(Path directory, int port) throws IOException {
        Files.createDirectories(directory);
        MVStore file = new MVStore.Builder()
                .fileName(directory.resolve(FILE).toString())
                // A commit is made by the writer that needs it; a timer could commit half a command.
                .autoCommitDisabled()
                .open();
        // Each commit is synced before the next one begins, so no older state of the file is ever needed.
        file.setRetentionTime(0);
        file.setVersionsToKeep(0);
        MongoServer server = new MongoServer(new DurableBackend(file));
        try {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1, THREADS);
        } catch (RuntimeException portTaken) {
            file.closeImmediately();
            throw portTaken;
        }
        return new EmbeddedStore(server);
    }

    public int port() {
        return address.getPort();
    }

    /** What a driver connects to. */
    public String uri() {
        return "mongodb://" + address.getAddress().getHostAddress() + ":" + port();
    }

    /** Ends the connections and closes the file. */
    @Override
    public void close() {
        server.shutdown();
    }
}
