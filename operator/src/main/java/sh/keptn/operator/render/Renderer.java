package sh.keptn.operator.render;

import sh.keptn.core.error.KeptnException;

/**
 * What a service's folder asks for, as objects. The same request gives the same objects in the same order; nothing
 * outside the request is read, the cluster least of all. Safe for any number of threads.
 */
public interface Renderer extends AutoCloseable {

    /**
     * The objects of a folder.
     *
     * @throws KeptnException {@code Invalid} with what is wrong in the folder, {@code TooLarge} above a limit,
     *     {@code DeadlineExceeded} where rendering takes too long: a person must mend the folder;
     *     {@code Unavailable} where this process cannot render right now: try again
     */
    Rendering render(RenderRequest request);

    /** Ends what was started for rendering. */
    @Override
    default void close() {}
}
