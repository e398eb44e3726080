package sh.keptn.operator.project;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sh.keptn.core.git.BootstrapMark;
import sh.keptn.core.git.BranchOutcome;
import sh.keptn.core.git.Change;
import sh.keptn.core.git.CommitOutcome;
import sh.keptn.core.git.CommitRequest;
import sh.keptn.core.git.Content;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.Layout;
import sh.keptn.core.model.Location;
import sh.keptn.core.model.Scope;
import sh.keptn.core.model.Shipyard;
import sh.keptn.core.model.StageName;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.Reason;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.operator.cluster.Annotated;
import sh.keptn.operator.cluster.Events;
import sh.keptn.operator.cluster.NameList;
import sh.keptn.operator.upstream.Scaffold;

/** Takes the steps of a plan, in their order, and records what was done. Keptn's words stand in the commits. */
final class ProjectActor {
    static final String SHIPYARD_WRITTEN = "Updated resource";

    private static final String INITIALIZED = "initialized project";
    private static final String STAGE_CREATED = "created stage";
    private static final String STAGE_FOLDER_ADDED = "Added stage: ";

    private final GitStore store;
    private final DiscoveredServices services;
    private final Annotated annotated;
    private final Events events;

    ProjectActor(GitStore store, DiscoveredServices services, Annotated annotated, Events events) {
        this.store = store;
        this.services = services;
        this.annotated = annotated;
        this.events = events;
    }

    /** One project's plan being carried out; {@code start} is where new stage branches begin. */
    private final class Run {
        private final KeptnProject project;
        private final ProjectIntent intent;
        private final Upstream upstream;
        private final String defaultBranch;
        private final List<Shipyard.Stage> stages;
        private final BootstrapMark mark;
        private final Progress progress = new Progress();
        private Optional<CommitId> start;

        Run(KeptnProject project, ProjectIntent intent, Upstream upstream, ObservedProject seen, ProjectPlan plan) {
            this.project = project;
            this.intent = intent;
            this.upstream = upstream;
            this.defaultBranch = seen.defaultBranch();
            this.stages = plan.stages();
            this.mark = BootstrapMark.of(
                    intent.settings().name(), upstream.url(), intent.settings().uid());
            this.start = seen.defaultHead();
        }

        void take(ProjectStep step) {
            switch (step) {
                case ProjectStep.InitializeRepository() -> initialize();
                case ProjectStep.AdoptRepository() ->
                    events.normal(project, Reason.REPOSITORY_ADOPTED, "the upstream's Keptn project was taken over");
                case ProjectStep.CreateStage(StageName stage) -> create(stage);
                case ProjectStep.AdoptStage(StageName stage, boolean ours) -> adopt(stage, ours);
                case ProjectStep.WriteShipyard(String content) ->
                    commit(Shipyard.PATH.value(), Content.ofText(content), SHIPYARD_WRITTEN);
                case ProjectStep.RemoveStage(StageName stage) -> {
                    progress.remove(stage.value());
                    events.normal(
                            project, Reason.STAGE_REMOVED, "stage " + stage + " is given up; the upstream keeps it");
                }
                case ProjectStep.DiscoverService(var service) -> {
                    services.add(
                            project,
                            service,
                            stages.stream().map(stage -> stage.name().value()).toList());
                    progress.discover(service);
                }
                case ProjectStep.ForgetIgnored(var names) -> progress.forget(names);
                case ProjectStep.ClearAnnotation(String annotation) -> progress.clear(annotation);
            }
        }

        private void initialize() {
            Content metadata =
                    Scaffold.project(intent.settings().name(), intent.settings().layout(), intent.createdAt());
            start = Optional.of(commit(Scaffold.METADATA, metadata, INITIALIZED));
            events.normal(project, Reason.REPOSITORY_INITIALIZED, "the upstream was set up on " + defaultBranch);
        }

        private void create(StageName stage) {
            Location location = intent.settings().layout().locate(new Scope.OfStage(stage), defaultBranch);
            if (intent.settings().layout() == Layout.BRANCH) {
                CommitId from =
                        start.orElseThrow(() -> new IllegalStateException("the plan makes the default branch first"));
                BranchOutcome made =
                        store.createBranch(upstream, location.branch(), from, Optional.of(mark.message(STAGE_CREATED)));
                if (made instanceof BranchOutcome.Created) {
                    events.normal(project, Reason.STAGE_ADDED, "branch " + stage + " was made from " + defaultBranch);
                }
            } else {
                commit(
                        location.folder() + "/" + Scaffold.METADATA,
                        Scaffold.stage(stage, intent.createdAt()),
                        STAGE_FOLDER_ADDED + stage);
                events.normal(project, Reason.STAGE_ADDED, "folder " + location.folder() + " was made");
            }
            progress.accept(stage.value());
        }

        private void adopt(StageName stage, boolean ours) {
            progress.accept(stage.value());
            if (!ours) {
                events.normal(
                        project, Reason.STAGE_ADOPTED, "stage " + stage + " was there already and is used as it is");
            }
        }

        private CommitId commit(String path, Content content, String subject) {
            CommitRequest request = new CommitRequest(
                    defaultBranch,
                    List.of(new Change.Put(path, content)),
                    mark.message(subject),
                    CommitRequest.WhenAbsent.CREATE);
            return switch (store.commit(upstream, request)) {
                case CommitOutcome.Committed(CommitId commit) -> commit;
                case CommitOutcome.Unchanged(CommitId head) -> head;
                case CommitOutcome.Absent absent -> throw new IllegalStateException("nothing was to be deleted");
            };
        }
    }

    /** Takes the steps. Where one fails, those before it are recorded all the same. */
    Progress act(
            KeptnProject project, ProjectIntent intent, Upstream upstream, ObservedProject seen, ProjectPlan plan) {
        Run run = new Run(project, intent, upstream, seen, plan);
        try {
            plan.steps().forEach(run::take);
        } finally {
            record(project, run.progress);
        }
        return run.progress;
    }

    private void record(KeptnProject project, Progress progress) {
        annotated.change(
                KeptnProject.class,
                project.getMetadata().getNamespace(),
                project.getMetadata().getName(),
                live -> {
                    Map<String, Optional<String>> wanted = new LinkedHashMap<>();
                    put(
                            wanted,
                            Annotations.SCAFFOLDED,
                            NameList.of(live, Annotations.SCAFFOLDED)
                                    .plus(progress.accepted())
                                    .minus(progress.removed()));
                    put(
                            wanted,
                            Annotations.IGNORED_SERVICES,
                            NameList.of(live, Annotations.IGNORED_SERVICES).minus(progress.forgotten()));
                    progress.cleared().forEach(annotation -> wanted.put(annotation, Optional.empty()));
                    return wanted;
                });
    }

    private static void put(Map<String, Optional<String>> wanted, String annotation, NameList names) {
        wanted.put(annotation, names.isEmpty() ? Optional.empty() : Optional.of(names.text()));
    }
}
