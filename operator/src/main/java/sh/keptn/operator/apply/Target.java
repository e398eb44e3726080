package sh.keptn.operator.apply;

import java.util.Optional;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.StageName;

/**
 * Where a service goes on a stage, and as whom.
 *
 * @param namespaceNamed whether spec.stages[].namespace names the namespace, so that it may be one we did not make
 * @param serviceAccount the account in that namespace as which objects are written; empty: the operator itself
 * @param projectUid the UID of the KeptnProject: what a namespace made for it is labelled with
 */
public record Target(
        ProjectName project,
        StageName stage,
        ServiceName service,
        String namespace,
        boolean namespaceNamed,
        Optional<String> serviceAccount,
        String projectUid) {

    /** Whose the objects are. */
    public Owner owner() {
        return Owner.of(project, stage, service);
    }
}
