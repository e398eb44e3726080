package sh.keptn.operator.project;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sh.keptn.core.git.GitUrl;
import sh.keptn.core.model.Layout;
import sh.keptn.core.model.Scope;
import sh.keptn.core.model.Shipyard;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.ConditionType;
import sh.keptn.crds.Reason;
import sh.keptn.crds.project.GitStatus;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.KeptnProjectStatus;
import sh.keptn.crds.project.ShipyardStatus;
import sh.keptn.crds.project.StageStatus;
import sh.keptn.operator.cluster.NameList;
import sh.keptn.operator.condition.Conditions;
import sh.keptn.operator.condition.Outcome;
import sh.keptn.operator.condition.Reached;
import sh.keptn.operator.upstream.ProjectSettings;

/** Makes a project's new status, whole, from what was seen; where nothing could be seen, the last known state stays. */
final class ProjectStatusFactory {
    private static final int MAX_IGNORED_FOLDERS = 100;
    private static final int MAX_PARENT = 255;
    private static final KeptnProjectStatus NEW =
            new KeptnProjectStatus(null, List.of(), null, null, List.of(), null, List.of(), null, null);

    private final Clock clock;

    ProjectStatusFactory(Clock clock) {
        this.clock = clock;
    }

    /** The status after the upstream was looked at and nothing is left to do. */
    KeptnProjectStatus reached(
            KeptnProject project,
            Layout layout,
            GitUrl url,
            boolean provisioned,
            ObservedProject seen,
            ProjectPlan plan) {
        KeptnProjectStatus before = before(project);
        Conditions conditions = conditions(project)
                .outcome(plan.outcome())
                .yes(ConditionType.REPOSITORY_REACHABLE, Reason.SUCCEEDED, "the upstream answers");
        plan.shipyardFlaw()
                .ifPresentOrElse(
                        flaw -> conditions.no(ConditionType.SHIPYARD_VALID, flaw.reason(), flaw.message()),
                        () -> conditions.yes(
                                ConditionType.SHIPYARD_VALID, Reason.SUCCEEDED, "the shipyard in Git is in force"));
        boolean shipyardThere = seen.shipyard() instanceof ShipyardInGit.Valid;
        boolean initialized = seen.initialized() && plan.inForce().isPresent();
        List<StageStatus> stages = plan.stages().stream()
                .map(stage -> stage(project, stage, layout, seen))
                .toList();
        return new KeptnProjectStatus(
                project.getMetadata().getGeneration(),
                conditions.toList(),
                new GitStatus(url.value(), seen.defaultBranch(), initialized, provisioned ? Boolean.TRUE : null),
                shipyard(before, seen, plan, shipyardThere),
                stages,
                stages.stream().map(StageStatus::name).collect(Collectors.joining(",")),
                ignoredFolders(seen),
                before.webhookPath(),
                handled(project));
    }

    /** The status after a pass that did not get to see the upstream as it is. */
    KeptnProjectStatus unreached(KeptnProject project, Outcome outcome, Reached reached) {
        KeptnProjectStatus before = before(project);
        Conditions conditions = conditions(project).outcome(outcome);
        switch (reached) {
            case YES -> conditions.yes(ConditionType.REPOSITORY_REACHABLE, Reason.SUCCEEDED, "the upstream answers");
            case NO -> conditions.no(ConditionType.REPOSITORY_REACHABLE, outcome.reason(), outcome.message());
            case NOT_ASKED -> conditions.keep(ConditionType.REPOSITORY_REACHABLE);
        }
        conditions.keep(ConditionType.SHIPYARD_VALID);
        return new KeptnProjectStatus(
                project.getMetadata().getGeneration(),
                conditions.toList(),
                git(project, before),
                before.shipyard(),
                before.stages(),
                before.stageSummary(),
                before.ignoredFolders(),
                before.webhookPath(),
                handled(project));
    }

    /** The status of a project that nobody works on. The request annotation stays unanswered. */
    KeptnProjectStatus suspended(KeptnProject project) {
        KeptnProjectStatus before = before(project);
        return new KeptnProjectStatus(
                project.getMetadata().getGeneration(),
                conditions(project)
                        .suspended("suspended: nothing is done until spec.suspend is false")
                        .keep(ConditionType.REPOSITORY_REACHABLE)
                        .keep(ConditionType.SHIPYARD_VALID)
                        .toList(),
                before.git(),
                before.shipyard(),
                before.stages(),
                before.stageSummary(),
                before.ignoredFolders(),
                before.webhookPath(),
                before.lastHandledRequestedAt());
    }

    static KeptnProjectStatus before(KeptnProject project) {
        return Optional.ofNullable(project.getStatus()).orElse(NEW);
    }

    private Conditions conditions(KeptnProject project) {
        return new Conditions(
                before(project).conditions(), project.getMetadata().getGeneration(), clock);
    }

    /** The address that was tried shows as long as none has been set up. */
    private static @Nullable GitStatus git(KeptnProject project, KeptnProjectStatus before) {
        GitStatus git = before.git();
        if (git != null && Boolean.TRUE.equals(git.initialized())) {
            return git;
        }
        String url = project.getSpec().git().url();
        return url == null
                ? null
                : new GitStatus(
                        url, git == null ? null : git.defaultBranch(), false, git == null ? null : git.provisioned());
    }

    private static ShipyardStatus shipyard(
            KeptnProjectStatus before, ObservedProject seen, ProjectPlan plan, boolean shipyardThere) {
        String revision = seen.defaultHead()
                .map(head -> head.revision(seen.defaultBranch()))
                .orElse(null);
        boolean current = shipyardThere && plan.shipyardFlaw().isEmpty();
        ShipyardStatus last = before.shipyard();
        return new ShipyardStatus(
                revision,
                plan.inForce().map(Shipyard::apiVersion).orElse(null),
                current ? revision : last == null ? null : last.lastValidRevision(),
                plan.inForce().map(Shipyard::content).orElse(null));
    }

    private static StageStatus stage(KeptnProject project, Shipyard.Stage stage, Layout layout, ObservedProject seen) {
        Optional<ObservedStage> found = Optional.ofNullable(seen.stages().get(stage.name()));
        String branch = layout.locate(new Scope.OfStage(stage.name()), seen.defaultBranch())
                .branch();
        return new StageStatus(
                stage.name().value(),
                branch,
                found.map(ObservedStage::revision).orElse(null),
                ProjectSettings.namespace(project, stage.name()),
                found.map(there -> (int) there.folders().stream()
                                .filter(ServiceFolder::nameable)
                                .count())
                        .orElse(null),
                stage.parents().stream()
                        .filter(parent -> parent.length() <= MAX_PARENT)
                        .toList(),
                found.isPresent());
    }

    private static List<String> ignoredFolders(ObservedProject seen) {
        return seen.stages().values().stream()
                .flatMap(stage -> stage.folders().stream())
                .filter(folder -> !folder.nameable())
                .map(ServiceFolder::name)
                .filter(name -> name.length() <= MAX_PARENT)
                .distinct()
                .sorted()
                .limit(MAX_IGNORED_FOLDERS)
                .toList();
    }

    private static @Nullable String handled(KeptnProject project) {
        return NameList.value(project, Annotations.REQUESTED_AT)
                .map(value -> value.substring(0, Math.min(value.length(), 256)))
                .orElse(null);
    }
}
