package sh.keptn.local.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The process that the kill test kills: an embedded store that prints its address and then only serves. */
final class ForkedStore {
    private ForkedStore() {}

    /** Serves the directory given as the first argument until killed. */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (EmbeddedStore store = EmbeddedStore.start(Path.of(args[0]), 0)) {
            System.out.println(store.uri());
            new CountDownLatch(1).await();
        }
    }
}
