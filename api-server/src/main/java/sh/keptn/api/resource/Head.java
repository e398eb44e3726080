package sh.keptn.api.resource;

import sh.keptn.api.upstream.ProjectUpstream;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.Location;

/**
 * A place at one commit: everything of one answer is read there, so that no answer mixes two states.
 *
 * @param stale whether it is the last known state because the upstream could not be asked
 */
record Head(ProjectUpstream project, Location location, CommitId commit, boolean stale) {
    Upstream upstream() {
        return project.upstream();
    }
}
