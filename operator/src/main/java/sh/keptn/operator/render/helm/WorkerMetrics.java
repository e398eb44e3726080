package sh.keptn.operator.render.helm;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** What becomes of the processes that render charts, counted: none of it names a chart. */
final class WorkerMetrics {
    private static final String ENDS = "keptn.helm.worker.ends";

    private final MeterRegistry registry;
    private final Counter starts;
    private final Counter refused;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();

    WorkerMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.starts = registry.counter("keptn.helm.worker.starts");
        this.refused = registry.counter("keptn.helm.refused");
        registry.gauge("keptn.helm.waiting", waiting);
        registry.gauge("keptn.helm.busy", busy);
        // There from the start, so that the first one is seen as an increase.
        for (Guard.Verdict verdict : Guard.Verdict.values()) {
            registry.counter(ENDS, "why", why(verdict));
        }
    }

    void started() {
        starts.increment();
    }

    /** A worker that ended in the midst of a chart. */
    void lost(Guard.Verdict verdict) {
        registry.counter(ENDS, "why", why(verdict)).increment();
    }

    /** A chart for which no worker was free in time. */
    void refused() {
        refused.increment();
    }

    void waits() {
        waiting.incrementAndGet();
    }

    void waitsNoMore() {
        waiting.decrementAndGet();
    }

    void begins() {
        busy.incrementAndGet();
    }

    void ends() {
        busy.decrementAndGet();
    }

    private static String why(Guard.Verdict verdict) {
        return verdict == Guard.Verdict.NONE ? "crashed" : verdict.name().toLowerCase(Locale.ROOT);
    }
}
