package sh.keptn.operator.render;

/** Puts the renderer together from what the process has. */
public final class RenderRoom {
    private RenderRoom() {}

    /** The renderer of this process. Costs nothing until the first folder; to be closed with the process. */
    public static Renderer renderer() {
        throw new UnsupportedOperationException("not there yet");
    }
}
