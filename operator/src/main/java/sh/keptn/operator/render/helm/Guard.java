package sh.keptn.operator.render.helm;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Watches a worker while it has work, and kills it when it takes too long or too much. */
final class Guard implements AutoCloseable {
    private static final long LOOK_MILLIS = 25;

    private final WorkerProcess worker;
    private final long residentBytes;
    private volatile Verdict verdict = Verdict.NONE;
    private volatile Future<?> end = CompletableFuture.completedFuture(null);
    private volatile Future<?> look = CompletableFuture.completedFuture(null);

    /** Why a worker was killed. */
    enum Verdict {
        NONE,
        TOO_LONG,
        TOO_LARGE
    }

    private Guard(WorkerProcess worker, long residentBytes) {
        this.worker = worker;
        this.residentBytes = residentBytes;
    }

    static Guard over(WorkerProcess worker, Duration deadline, long residentBytes, ScheduledExecutorService watch) {
        Guard guard = new Guard(worker, residentBytes);
        guard.end = watch.schedule(() -> guard.kill(Verdict.TOO_LONG), deadline.toMillis(), TimeUnit.MILLISECONDS);
        guard.look = watch.scheduleWithFixedDelay(guard::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return guard;
    }

    Verdict verdict() {
        return verdict;
    }

    private void look() {
        if (worker.residentBytes() > residentBytes) {
            kill(Verdict.TOO_LARGE);
        }
    }

    private void kill(Verdict why) {
        if (verdict == Verdict.NONE) {
            verdict = why;
        }
        worker.kill();
    }

    @Override
    public void close() {
        end.cancel(false);
        look.cancel(false);
    }
}
