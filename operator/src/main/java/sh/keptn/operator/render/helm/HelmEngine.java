package sh.keptn.operator.render.helm;

import sh.keptn.core.error.KeptnException;

/** Helm's template engine. Safe for any number of threads. */
public interface HelmEngine extends AutoCloseable {

    /**
     * What {@code helm template} prints for a chart: the manifests, without hooks and notes.
     *
     * @throws KeptnException {@code Invalid} with Helm's reason, {@code TooLarge} or {@code DeadlineExceeded} above a
     *     limit, {@code Unavailable} where no engine can be had right now
     */
    String template(Chart chart);

    /** Ends the engine; what is being rendered fails. */
    @Override
    void close();
}
