package sh.keptn.operator.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.operator.render.RenderRequest;
import sh.keptn.operator.render.Renderer;
import sh.keptn.operator.render.Rendering;

/** Measures each rendering: how long it took, by what, and how it ended; not of whose folder. */
public final class TimedRenderer implements Renderer {
    private static final String NAME = "keptn.render";

    private final Renderer renderer;
    private final MeterRegistry registry;

    public TimedRenderer(Renderer renderer, MeterRegistry registry) {
        this.renderer = renderer;
        this.registry = registry;
    }

    @Override
    public Rendering render(RenderRequest request) {
        Timer.Sample sample = Timer.start(registry);
        String outcome = "failed";
        String engine = "none";
        try {
            Rendering rendering = renderer.render(request);
            outcome = "ok";
            engine = switch (rendering) {
                case Rendering.Objects objects -> objects.engine().name();
                case Rendering.Nothing nothing -> "none";
            };
            return rendering;
        } catch (KeptnException e) {
            outcome = outcome(e.error());
            throw e;
        } finally {
            sample.stop(registry.timer(NAME, "engine", engine, "outcome", outcome));
        }
    }

    private static String outcome(KeptnError error) {
        return switch (error) {
            case KeptnError.TooLarge tooLarge -> "too_large";
            case KeptnError.DeadlineExceeded tooLong -> "too_long";
            case KeptnError.Unavailable unavailable -> "unavailable";
            case KeptnError.Invalid invalid -> "refused";
            case KeptnError.Denied denied -> "refused";
            case KeptnError.NotFound other -> "failed";
            case KeptnError.AlreadyExists other -> "failed";
            case KeptnError.Conflict other -> "failed";
            case KeptnError.PreconditionFailed other -> "failed";
            case KeptnError.Unauthenticated other -> "failed";
            case KeptnError.Forbidden other -> "failed";
            case KeptnError.Throttled other -> "failed";
            case KeptnError.Upstream other -> "failed";
        };
    }

    @Override
    public void close() {
        renderer.close();
    }
}
