package sh.keptn.operator.project;

import java.util.List;
import sh.keptn.core.model.CommitId;

/**
 * A stage that stands in the upstream.
 *
 * @param branch the branch that holds it
 * @param head the head of that branch
 * @param ours whether its newest commit is of this project's own bootstrap
 * @param folders the folders at its root that look like services
 */
record ObservedStage(String branch, CommitId head, boolean ours, List<ServiceFolder> folders) {
    ObservedStage {
        folders = List.copyOf(folders);
    }

    String revision() {
        return head.revision(branch);
    }
}
