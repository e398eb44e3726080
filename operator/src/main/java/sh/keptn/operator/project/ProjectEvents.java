package sh.keptn.operator.project;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import sh.keptn.crds.ConditionType;
import sh.keptn.crds.Reason;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.KeptnProjectStatus;
import sh.keptn.crds.project.StageStatus;
import sh.keptn.operator.cluster.Events;
import sh.keptn.operator.condition.Conditions;

/** What changed from one status to the next, as events. A pass that finds everything as it was says nothing. */
final class ProjectEvents {
    private final Events events;

    ProjectEvents(Events events) {
        this.events = events;
    }

    void tell(KeptnProject project, KeptnProjectStatus now) {
        KeptnProjectStatus before = ProjectStatusFactory.before(project);
        condition(project, before, now, ConditionType.READY);
        condition(project, before, now, ConditionType.SHIPYARD_VALID);
        condition(project, before, now, ConditionType.WEBHOOK_READY);
        List<String> moved = moved(before, now);
        if (!moved.isEmpty()) {
            events.normal(project, Reason.REVISION_CHANGED, "new revision of " + String.join(", ", moved));
        }
        List<String> folders = new ArrayList<>(now.ignoredFolders());
        folders.removeAll(before.ignoredFolders());
        if (!folders.isEmpty()) {
            events.warning(
                    project,
                    Reason.FOLDER_IGNORED,
                    "no service can have the name of " + String.join(", ", folders) + "; these folders are ignored");
        }
    }

    private void condition(KeptnProject project, KeptnProjectStatus before, KeptnProjectStatus now, String type) {
        Optional<Condition> old = condition(before, type);
        condition(now, type)
                .filter(condition -> old.filter(was -> same(was, condition)).isEmpty())
                .ifPresent(condition -> tell(project, condition, old.isPresent()));
    }

    private void tell(KeptnProject project, Condition condition, boolean known) {
        Reason reason = Reason.of(condition.getReason()).orElse(Reason.INTERNAL_ERROR);
        boolean good = "True".equals(condition.getStatus());
        boolean first = good && !known && !condition.getType().equals(ConditionType.READY);
        if (reason == Reason.PROGRESSING || reason == Reason.SUSPENDED || first) {
            return;
        }
        if (good) {
            events.normal(project, reason, condition.getMessage());
        } else {
            events.warning(project, reason, condition.getMessage());
        }
    }

    private static Optional<Condition> condition(KeptnProjectStatus status, String type) {
        return Conditions.find(status.conditions(), type);
    }

    private static boolean same(Condition one, Condition other) {
        return Objects.equals(one.getStatus(), other.getStatus()) && Objects.equals(one.getReason(), other.getReason());
    }

    private static List<String> moved(KeptnProjectStatus before, KeptnProjectStatus now) {
        Map<String, StageStatus> old =
                before.stages().stream().collect(Collectors.toMap(StageStatus::name, Function.identity()));
        return now.stages().stream()
                .filter(stage -> Optional.ofNullable(old.get(stage.name()))
                        .map(StageStatus::revision)
                        .filter(revision -> stage.revision() != null && !revision.equals(stage.revision()))
                        .isPresent())
                .map(StageStatus::name)
                .toList();
    }
}
