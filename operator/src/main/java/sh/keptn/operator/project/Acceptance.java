package sh.keptn.operator.project;

import sh.keptn.core.git.GitUrl;
import sh.keptn.core.git.Upstream;
import sh.keptn.operator.condition.Outcome;

/** Whether a project's spec can be worked on in the world as it is. */
sealed interface Acceptance {
    /**
     * It can.
     *
     * @param secretVersion changes with the credentials
     * @param provisioned whether the repository came from the provisioner
     */
    record Accepted(ProjectIntent intent, GitUrl url, Upstream upstream, String secretVersion, boolean provisioned)
            implements Acceptance {}

    /** It cannot, or not yet. */
    record Refused(Outcome outcome) implements Acceptance {}
}
