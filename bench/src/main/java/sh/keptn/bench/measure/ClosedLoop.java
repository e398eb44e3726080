package sh.keptn.bench.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Clients that each send their next request when the answer to the one before is there. All begin together. */
public final class ClosedLoop {

    private ClosedLoop() {}

    /** {@code turns} operations of each client; void if one of them fails. */
    public static Run run(int clients, int turns, Work work) {
        long[] nanos = new long[clients * turns];
        CountDownLatch ready = new CountDownLatch(clients);
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ends = IntStream.range(0, clients)
                    .<Future<?>>mapToObj(client -> threads.submit(() -> {
                        ready.countDown();
                        go.await();
                        for (int turn = 0; turn < turns; turn++) {
                            long before = System.nanoTime();
                            work.once(client, turn);
                            nanos[client * turns + turn] = System.nanoTime() - before;
                        }
                        return client;
                    }))
                    .toList();
            ready.await();
            long before = System.nanoTime();
            go.countDown();
            for (Future<?> end : ends) {
                end.get();
            }
            return Run.of(nanos, Duration.ofNanos(System.nanoTime() - before));
        } catch (ExecutionException e) {
            throw new VoidRun("an operation failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VoidRun("interrupted", e);
        }
    }

    /** The same on this thread, for one client. */
    public static Run alone(int turns, Work work) {
        long[] nanos = new long[turns];
        long start = System.nanoTime();
        try {
            for (int turn = 0; turn < turns; turn++) {
                long before = System.nanoTime();
                work.once(0, turn);
                nanos[turn] = System.nanoTime() - before;
            }
        } catch (IOException e) {
            throw new VoidRun("an operation failed: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VoidRun("interrupted", e);
        }
        return Run.of(nanos, Duration.ofNanos(System.nanoTime() - start));
    }
}
