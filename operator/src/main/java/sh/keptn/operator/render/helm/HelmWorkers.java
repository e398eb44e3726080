package sh.keptn.operator.render.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/**
 * Helm's engine in processes of their own, as its code can neither be interrupted nor bounded in ours. The first chart
 * starts a process, which is kept warm for the next; a chart that takes too long, too much memory, or brings its process
 * down costs only that process. Without charts nothing runs.
 */
public final class HelmWorkers implements HelmEngine {
    private static final Logger log = LoggerFactory.getLogger(HelmWorkers.class);

    private final Path scratch;
    private final WorkerLimits limits;
    private final LinkedBlockingDeque<Seat> free = new LinkedBlockingDeque<>();
    private final List<Seat> seats;
    private final ScheduledThreadPoolExecutor watch;
    private volatile boolean closed;

    /**
     * @param scratch a folder that is this engine's alone; what an earlier process left there is deleted
     */
    public HelmWorkers(Path scratch, WorkerLimits limits) {
        this.scratch = scratch;
        this.limits = limits;
        this.watch = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("helm-watch").factory());
        this.watch.setRemoveOnCancelPolicy(true);
        try {
            ScratchFolder.delete(scratch);
            Files.createDirectories(scratch);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder for rendering cannot be made ready", e);
        }
        this.seats = IntStream.range(0, limits.workers())
                .mapToObj(number -> new Seat(scratch, limits, watch))
                .toList();
        this.free.addAll(seats);
    }

    @Override
    public String template(Chart chart) {
        Seat seat = take();
        try {
            return seat.render(chart);
        } finally {
            giveBack(seat);
        }
    }

    /** The warmest that is free: what was used last. */
    private Seat take() {
        try {
            Seat seat = closed ? null : free.pollFirst(limits.patience().toMillis(), TimeUnit.MILLISECONDS);
            if (seat == null || closed) {
                throw busy("no process is free to render the chart");
            }
            return seat;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy("rendering was interrupted");
        }
    }

    private void giveBack(Seat seat) {
        long uses = seat.uses();
        free.addFirst(seat);
        if (!closed) {
            Future<?> _ =
                    watch.schedule(() -> endIdle(seat, uses), limits.idle().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void endIdle(Seat seat, long uses) {
        if (free.remove(seat)) {
            try {
                if (seat.uses() == uses) {
                    seat.end();
                    log.atDebug().log("a worker without charts ended");
                }
            } finally {
                free.addLast(seat);
            }
        }
    }

    private static KeptnException busy(String why) {
        return new KeptnException(new KeptnError.Unavailable(why, Duration.ofSeconds(10)));
    }

    @Override
    public void close() {
        closed = true;
        watch.shutdownNow();
        seats.forEach(Seat::kill);
        for (Seat seat : seats) {
            seat.end();
        }
        try {
            ScratchFolder.delete(scratch);
        } catch (IOException e) {
            log.atWarn().setCause(e).log("the folder for rendering is left behind");
        }
    }
}
