package sh.keptn.operator.apply;

import java.util.Set;

/**
 * What applying must know of this installation.
 *
 * @param namespace the operator's own namespace, which nothing is deployed to
 * @param allowedClusterKinds kinds of the whole cluster that may be deployed, such as {@code ClusterRole.rbac.authorization.k8s.io}
 */
public record ApplySettings(String namespace, Set<String> allowedClusterKinds) {
    public ApplySettings {
        allowedClusterKinds = Set.copyOf(allowedClusterKinds);
    }
}
