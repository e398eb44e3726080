package sh.keptn.operator.deployment;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import sh.keptn.crds.ConditionType;
import sh.keptn.crds.Reason;
import sh.keptn.crds.deployment.InventoryEntry;
import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.crds.deployment.KeptnServiceDeploymentStatus;
import sh.keptn.operator.apply.Action;
import sh.keptn.operator.apply.Change;
import sh.keptn.operator.cluster.Events;
import sh.keptn.operator.condition.Conditions;

/** What was done and what changed, as events. A pass that finds everything as it was says nothing. */
final class DeploymentEvents {
    private final Events events;

    DeploymentEvents(Events events) {
        this.events = events;
    }

    void applied(KeptnServiceDeployment resource, Revision revision, RollOut.Applied applied) {
        List<Change> changes = changed(applied);
        if (!changes.isEmpty()) {
            events.normal(resource, Reason.REVISION_CHANGED, revision + " applied: " + words(changes));
        }
        pruned(resource, applied.pruned());
    }

    void repaired(KeptnServiceDeployment resource, Revision revision, RollOut.Applied applied) {
        List<Change> changes = changed(applied);
        if (!changes.isEmpty()) {
            events.warning(resource, Reason.DRIFT_REPAIRED, "brought back to " + revision + ": " + words(changes));
        }
        pruned(resource, applied.pruned());
    }

    void pruned(KeptnServiceDeployment resource, List<InventoryEntry> pruned) {
        if (!pruned.isEmpty()) {
            events.normal(resource, Reason.PRUNED, "deleted " + Inventories.names(pruned));
        }
    }

    void rolledBack(KeptnServiceDeployment resource, String message) {
        events.warning(resource, Reason.ROLLED_BACK, message);
    }

    /** Tells the transitions from one status to the next. */
    void tell(KeptnServiceDeployment resource, KeptnServiceDeploymentStatus now) {
        KeptnServiceDeploymentStatus before = DeploymentStatusFactory.before(resource);
        Optional<Condition> was = Conditions.find(before.conditions(), ConditionType.READY);
        Condition ready = Conditions.find(now.conditions(), ConditionType.READY).orElseThrow();
        boolean same = was.filter(old -> old.getStatus().equals(ready.getStatus())
                        && old.getReason().equals(ready.getReason())
                        && Objects.equals(before.lastAppliedRevision(), now.lastAppliedRevision()))
                .isPresent();
        Reason reason = Reason.of(ready.getReason()).orElse(Reason.INTERNAL_ERROR);
        if (same || reason == Reason.SUSPENDED || reason == Reason.ROLLED_BACK || reason == Reason.PROGRESSING) {
            return;
        }
        if ("True".equals(ready.getStatus())) {
            events.normal(resource, reason, ready.getMessage());
        } else if (Conditions.isTrue(now.conditions(), ConditionType.STALLED) || was.isEmpty()) {
            events.warning(resource, reason, ready.getMessage());
        } else if (was.filter(old -> old.getReason().equals(ready.getReason())).isEmpty()) {
            events.warning(resource, reason, ready.getMessage());
        }
    }

    private static List<Change> changed(RollOut.Applied applied) {
        List<Change> changes = new ArrayList<>();
        applied.changes().stream()
                .filter(change -> change.action() == Action.CREATED || change.action() == Action.CONFIGURED)
                .forEach(changes::add);
        return changes;
    }

    private static String words(List<Change> changes) {
        return changes.stream()
                .map(change -> change.entry().kind() + "/" + change.entry().name() + " "
                        + change.action().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
