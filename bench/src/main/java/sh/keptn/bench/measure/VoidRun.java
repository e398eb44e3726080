package sh.keptn.bench.measure;

/** What was measured is worth nothing, because an answer was wrong or something acknowledged is not there. */
public final class VoidRun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public VoidRun(String why) {
        super(why);
    }

    public VoidRun(String why, Throwable cause) {
        super(why, cause);
    }

    /** Void unless {@code holds}. */
    public static void unless(boolean holds, String why) {
        if (!holds) {
            throw new VoidRun(why);
        }
    }
}
