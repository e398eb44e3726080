package sh.keptn.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import sh.keptn.local.store.EmbeddedStore;

/** An event store on the wire for one test class; registered before the server that uses it. */
public final class StoreExtension implements AfterAllCallback {
    private final Path directory;
    private final int port;
    private EmbeddedStore store;

    public StoreExtension() {
        try {
            directory = Files.createTempDirectory("keptn-events");
            store = EmbeddedStore.start(directory, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        port = store.port();
    }

    public String uri() {
        return store.uri();
    }

    /** Ends the store; its data stays. */
    public void stop() {
        store.close();
    }

    /** Starts the store again at the same place. */
    public void start() throws IOException {
        store = EmbeddedStore.start(directory, port);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        stop();
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
