package sh.keptn.crds;

/** The finalizers that keep a resource until what belongs to it is gone. */
public final class Finalizers {
    /** On a KeptnServiceDeployment, until what it deployed is pruned or left alone, as its spec says. */
    public static final String DEPLOYMENT = "keptn.sh/deployment";

    private Finalizers() {}
}
