package sh.keptn.operator.apply;

import java.util.Set;

/**
 * What applying must know of this installation.
 *
 * @param namespace the operator's own namespace, which nothing is deployed to
 * @param account the operator's own service account there, which gets rights in each stage namespace
 * @param clusterKinds kinds of the whole cluster that may be deployed, such as
 *     {@code ClusterRole.rbac.authorization.k8s.io}
 */
public record ApplySettings(String namespace, String account, Set<String> clusterKinds) {
    private static final String SHIPPED_ACCOUNT = "keptn-operator";

    public ApplySettings {
        clusterKinds = Set.copyOf(clusterKinds);
    }

    /** With the account's name as it is shipped. */
    public ApplySettings(String namespace, Set<String> clusterKinds) {
        this(namespace, SHIPPED_ACCOUNT, clusterKinds);
    }
}
