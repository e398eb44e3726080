package sh.keptn.operator.upstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.GitUrl;
import sh.keptn.core.git.Heads;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.Layout;
import sh.keptn.core.model.Location;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.Scope;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.StageName;
import sh.keptn.crds.ConditionType;
import sh.keptn.crds.Reason;
import sh.keptn.crds.project.GitStatus;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.KeptnProjectStatus;
import sh.keptn.crds.project.StageStatus;
import sh.keptn.operator.condition.Conditions;
import sh.keptn.operator.condition.Outcome;

/**
 * A project as its services need it: where its stages are, as the project's own status says.
 *
 * @param url the address that the status speaks of
 * @param reachable whether the upstream answered the last time; if not, only what the mirror holds can be had
 */
public record ProjectView(
        ProjectSettings settings, GitUrl url, String defaultBranch, boolean reachable, List<Stage> stages) {
    private static final String ID = "@sha1:";
    private static final Duration WAIT = Duration.ofMinutes(1);

    /** A stage; {@code head} is empty if it vanished upstream. */
    public record Stage(StageName name, String branch, Optional<CommitId> head) {}

    public ProjectView {
        stages = List.copyOf(stages);
    }

    /** The view, empty as long as the project has not been set up, is suspended, or names another upstream now. */
    public static Optional<ProjectView> of(KeptnProject project) {
        KeptnProjectStatus status = project.getStatus();
        GitStatus git = status == null ? null : status.git();
        if (status == null || git == null || git.url() == null || git.defaultBranch() == null) {
            return Optional.empty();
        }
        if (!Boolean.TRUE.equals(git.initialized()) || project.getSpec().suspended()) {
            return Optional.empty();
        }
        boolean reachable = Conditions.isTrue(status.conditions(), ConditionType.REPOSITORY_REACHABLE);
        try {
            List<Stage> stages = new ArrayList<>();
            for (StageStatus stage : status.stages()) {
                if (stage.branch() != null) {
                    stages.add(new Stage(new StageName(stage.name()), stage.branch(), id(stage)));
                }
            }
            GitUrl url = new GitUrl(git.url());
            ProjectSettings settings = ProjectSettings.of(project);
            boolean current = settings.url()
                    .filter(wanted -> wanted.canonical().equals(url.canonical()))
                    .isPresent();
            return current
                    ? Optional.of(new ProjectView(settings, url, git.defaultBranch(), reachable, stages))
                    : Optional.empty();
        } catch (KeptnException e) {
            // The project's own status says what is wrong with it.
            return Optional.empty();
        }
    }

    /** The same stages at the heads that the upstream has now. */
    public ProjectView at(Heads heads) {
        List<Stage> moved = stages.stream()
                .map(stage -> new Stage(stage.name(), stage.branch(), heads.of(stage.branch())))
                .toList();
        return new ProjectView(settings, url, defaultBranch, reachable, moved);
    }

    /** Where a service's folder is on a stage. */
    public Location folder(StageName stage, ServiceName service) {
        Layout layout = settings.layout();
        return layout.locate(new Scope.OfService(stage, service), defaultBranch);
    }

    /** The stage of that name, if the project has it. */
    public Optional<Stage> stage(StageName name) {
        return stages.stream().filter(stage -> stage.name().equals(name)).findFirst();
    }

    private static Optional<CommitId> id(StageStatus stage) {
        return Optional.ofNullable(stage.revision())
                .map(revision -> revision.substring(Math.max(0, revision.lastIndexOf(ID) + ID.length())))
                .filter(CommitId::isValid)
                .map(CommitId::new);
    }

    /** The outcome of a pass whose project does not exist, or goes away. */
    public static Outcome absent(ProjectName name, Optional<KeptnProject> project) {
        return new Outcome.Waiting(
                Reason.PROJECT_NOT_FOUND,
                "project '" + name + "' " + (project.isPresent() ? "is being deleted" : "does not exist yet"),
                WAIT);
    }

    /** The outcome of a pass whose project has no view, with the project's own words why. */
    public static Outcome notReady(KeptnProject project) {
        String name = project.getMetadata().getName();
        String why = Optional.ofNullable(project.getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), ConditionType.READY))
                .map(condition -> ": " + condition.getMessage())
                .orElse("");
        return new Outcome.Waiting(Reason.PROJECT_NOT_READY, "project '" + name + "' is not ready" + why, WAIT);
    }
}
