package sh.keptn.api.event.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Cuts clients off that do not read: a write that takes too long is ended by an interrupt of its thread, which closes the
 * socket. Such a client comes again and goes on where it was.
 */
final class SlowReaders implements AutoCloseable {
    private final Duration patience;
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("slow-readers").factory());

    SlowReaders(Duration patience) {
        this.patience = patience;
        clock.setRemoveOnCancelPolicy(true);
    }

    /** Something that is written to a client. */
    @FunctionalInterface
    interface Write {
        void run() throws IOException;
    }

    /** Does it, and throws if the client takes too long. */
    void limit(Write write) throws IOException {
        Thread writer = Thread.currentThread();
        AtomicBoolean over = new AtomicBoolean();
        Future<?> cut = clock.schedule(
                () -> {
                    if (over.compareAndSet(false, true)) {
                        writer.interrupt();
                    }
                },
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            write.run();
        } finally {
            cut.cancel(false);
        }
        if (!over.compareAndSet(false, true)) {
            // The interrupt is on its way or has come: it was for this write and for nothing after it.
            throw new IOException("the client does not read");
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
