package sh.keptn.operator.render.helm;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.Content;
import sh.keptn.operator.render.helm.WorkerProcess.Reply;

/** A place for one worker, which is started when there is none and replaced when it had to be killed. One chart at a time. */
final class Seat {
    private static final Logger log = LoggerFactory.getLogger(Seat.class);

    private final Path scratch;
    private final WorkerLimits limits;
    private final ScheduledExecutorService watch;
    private volatile @Nullable WorkerProcess worker;
    private volatile long uses;

    Seat(Path scratch, WorkerLimits limits, ScheduledExecutorService watch) {
        this.scratch = scratch;
        this.limits = limits;
        this.watch = watch;
    }

    /** How many charts were rendered here: whether a seat was used since somebody looked. */
    long uses() {
        return uses;
    }

    synchronized String render(Chart chart) {
        uses++;
        WorkerProcess running = ready();
        try (ScratchFolder folder = ScratchFolder.in(running.folder().path(), "chart-")) {
            Path laid = folder.lay("chart", chart.folder(), chart.files());
            List<String> request = List.of(
                    chart.release(),
                    chart.namespace(),
                    chart.kubernetesVersion(),
                    laid.toString(),
                    valuesFiles(folder, chart.values()));
            Reply reply = exchange(running, request, chart);
            return switch (reply.answer()) {
                case RENDERED -> reply.text();
                case REFUSED ->
                    throw KeptnException.invalid(chart.folder(), HelmReason.of(reply.text(), laid, folder.path()));
                case TOO_LARGE ->
                    throw new KeptnException(
                            new KeptnError.TooLarge("what " + chart.folder() + " renders to", limits.outputBytes()));
                case READY -> throw new IllegalStateException("a worker is ready only once");
            };
        }
    }

    private Reply exchange(WorkerProcess running, List<String> request, Chart chart) {
        try (Guard guard = Guard.over(running, limits.deadline(), limits.residentBytes(), watch)) {
            try {
                return running.render(request, limits.outputBytes());
            } catch (IOException e) {
                running.kill();
                worker = null;
                throw new KeptnException(fate(guard, chart), e);
            } finally {
                if (worker == null) {
                    running.close();
                }
            }
        }
    }

    private KeptnError fate(Guard guard, Chart chart) {
        return switch (guard.verdict()) {
            case NONE ->
                new KeptnError.Invalid(
                        chart.folder(),
                        "brought Helm's engine down; it may need too much memory, or recurse without end");
            case TOO_LONG ->
                new KeptnError.DeadlineExceeded(chart.folder() + ": took longer to render than the "
                        + limits.deadline().toSeconds() + " s allowed");
            case TOO_LARGE -> new KeptnError.TooLarge("the memory to render " + chart.folder(), limits.residentBytes());
        };
    }

    /** The worker, started if there is none. */
    private WorkerProcess ready() {
        WorkerProcess present = worker;
        if (present != null && present.alive()) {
            return present;
        }
        end();
        WorkerProcess started = null;
        try {
            started = WorkerProcess.start(scratch, HelmLibrary.in(scratch), limits.outputBytes());
            try (Guard _ = Guard.over(started, limits.start(), limits.residentBytes(), watch)) {
                started.awaitReady();
            }
            log.atDebug().addKeyValue("pid", started.pid()).log("a worker for charts started");
            worker = started;
            return started;
        } catch (IOException e) {
            if (started != null) {
                started.close();
            }
            throw new KeptnException(
                    new KeptnError.Unavailable("the process that renders charts cannot start", Duration.ofMinutes(1)),
                    e);
        }
    }

    private static String valuesFiles(ScratchFolder folder, List<Content> values) {
        return IntStream.range(0, values.size())
                .mapToObj(number -> folder.write("values-" + number + ".yaml", values.get(number)))
                .map(Path::toString)
                .collect(Collectors.joining(","));
    }

    /** Kills the worker in the midst of whatever it does. */
    void kill() {
        WorkerProcess present = worker;
        if (present != null) {
            present.kill();
        }
    }

    /** Ends the worker, if there is one. */
    synchronized void end() {
        WorkerProcess present = worker;
        worker = null;
        if (present != null) {
            present.close();
        }
    }
}
