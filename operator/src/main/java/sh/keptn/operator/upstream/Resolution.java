package sh.keptn.operator.upstream;

import sh.keptn.core.git.Upstream;
import sh.keptn.operator.condition.Outcome;

/** What the look for a project's upstream gave. */
public sealed interface Resolution {
    /**
     * Everything that connecting takes.
     *
     * @param secretVersion changes with the credentials; empty if there are none
     * @param provisioned whether the credentials came from the provisioner
     */
    record Resolved(Upstream upstream, String secretVersion, boolean provisioned) implements Resolution {}

    /** The credentials are not there or not readable. */
    record Unresolved(Outcome outcome) implements Resolution {}
}
