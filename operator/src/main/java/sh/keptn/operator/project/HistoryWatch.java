package sh.keptn.operator.project;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.LoggedCommit;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.CommitId;
import sh.keptn.crds.Reason;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.StageStatus;
import sh.keptn.operator.cluster.Events;

/** Warns when somebody rewrote a branch: its old head is no longer among the ancestors of the new one. */
final class HistoryWatch {
    /** With more new commits than this at once nothing is said, as nothing is known. */
    private static final int DEPTH = 2_000;

    private static final String ID = "@sha1:";

    private final GitStore store;
    private final Events events;

    HistoryWatch(GitStore store, Events events) {
        this.store = store;
        this.events = events;
    }

    void compare(KeptnProject project, Upstream upstream, ObservedProject seen) {
        Map<String, CommitId> before = new LinkedHashMap<>();
        for (StageStatus stage : ProjectStatusFactory.before(project).stages()) {
            if (stage.branch() != null && stage.revision() != null) {
                id(stage.revision()).ifPresent(commit -> before.put(stage.branch(), commit));
            }
        }
        Map<String, CommitId> now = new LinkedHashMap<>();
        seen.stages().values().forEach(stage -> now.put(stage.branch(), stage.head()));
        now.forEach((branch, head) -> Optional.ofNullable(before.get(branch))
                .filter(old -> !old.equals(head))
                .filter(old -> rewritten(upstream, old, head))
                .ifPresent(old -> events.warning(
                        project,
                        Reason.HISTORY_REWRITTEN,
                        "branch " + branch + " was rewritten upstream: " + old + " is no longer part of it; the"
                                + " upstream counts")));
    }

    private boolean rewritten(Upstream upstream, CommitId old, CommitId head) {
        List<LoggedCommit> history = store.log(upstream, head, DEPTH);
        return history.size() < DEPTH
                && history.stream().noneMatch(commit -> commit.id().equals(old));
    }

    private static Optional<CommitId> id(String revision) {
        String text = revision.substring(Math.max(0, revision.lastIndexOf(ID) + ID.length()));
        return CommitId.isValid(text) ? Optional.of(new CommitId(text)) : Optional.empty();
    }
}
