package sh.keptn.operator.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sh.keptn.core.git.BootstrapMark;
import sh.keptn.core.git.Change;
import sh.keptn.core.git.CommitOutcome;
import sh.keptn.core.git.CommitRequest;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.Location;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.StageName;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.Reason;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.operator.cluster.Annotated;
import sh.keptn.operator.cluster.Events;
import sh.keptn.operator.cluster.NameList;
import sh.keptn.operator.upstream.ProjectView;
import sh.keptn.operator.upstream.Scaffold;

/** Makes and removes a service's folders, with Keptn's words in the commits, and records where they were made. */
final class ServiceActor {
    private static final String ADDED = "Added service: ";
    private static final String REMOVED = "Removed service: ";

    private final GitStore store;
    private final Annotated annotated;
    private final Events events;

    ServiceActor(GitStore store, Annotated annotated, Events events) {
        this.store = store;
        this.annotated = annotated;
        this.events = events;
    }

    /**
     * Carries the plan out; what was done is recorded also where it breaks off.
     *
     * @return the heads that the commits made
     */
    Map<StageName, CommitId> act(
            KeptnService resource, ServiceIntent intent, ProjectView project, Upstream upstream, ServicePlan plan) {
        Map<StageName, CommitId> made = new LinkedHashMap<>();
        List<StageName> accepted = new ArrayList<>(plan.accepted());
        accepted.removeAll(plan.create());
        boolean complete = false;
        try {
            for (StageName stage : plan.create()) {
                made.put(stage, create(intent, project, upstream, stage));
                accepted.add(stage);
            }
            complete = true;
        } finally {
            record(resource, accepted, complete && plan.clearRecreate());
        }
        if (!made.isEmpty()) {
            events.normal(
                    resource,
                    Reason.SERVICE_ADDED,
                    "folder " + intent.service() + " was made on " + names(plan.create()));
        }
        return made;
    }

    /** Removes the folders from every stage that has one. */
    void removeFolders(KeptnService resource, ServiceName service, ProjectView project, Upstream upstream) {
        for (ProjectView.Stage stage : project.stages()) {
            Location folder = project.folder(stage.name(), service);
            boolean there = stage.head()
                    .flatMap(head -> store.entry(upstream, head, folder.folder()))
                    .isPresent();
            if (there) {
                commit(project, upstream, folder.branch(), new Change.Clear(folder.folder()), REMOVED + service);
                events.normal(
                        resource, Reason.SERVICE_REMOVED, "folder " + service + " was removed on " + stage.name());
            }
        }
    }

    private CommitId create(ServiceIntent intent, ProjectView project, Upstream upstream, StageName stage) {
        Location folder = project.folder(stage, intent.service());
        return commit(
                project,
                upstream,
                folder.branch(),
                new Change.Put(
                        folder.folder() + "/" + Scaffold.METADATA,
                        Scaffold.service(intent.service(), intent.createdAt())),
                ADDED + intent.service());
    }

    private CommitId commit(ProjectView project, Upstream upstream, String branch, Change change, String subject) {
        BootstrapMark mark = BootstrapMark.of(
                project.settings().name(), upstream.url(), project.settings().uid());
        CommitRequest request = new CommitRequest(branch, List.of(change), mark.message(subject));
        return switch (store.commit(upstream, request)) {
            case CommitOutcome.Committed(CommitId commit) -> commit;
            case CommitOutcome.Unchanged(CommitId head) -> head;
            case CommitOutcome.Absent absent -> throw new IllegalStateException("nothing was asked to be there");
        };
    }

    private void record(KeptnService resource, List<StageName> accepted, boolean recreated) {
        annotated.change(
                KeptnService.class,
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName(),
                live -> {
                    Map<String, Optional<String>> wanted = new LinkedHashMap<>();
                    NameList scaffolded = NameList.of(live, Annotations.SCAFFOLDED)
                            .plus(accepted.stream().map(StageName::value).toList());
                    wanted.put(
                            Annotations.SCAFFOLDED,
                            scaffolded.isEmpty() ? Optional.empty() : Optional.of(scaffolded.text()));
                    if (recreated) {
                        wanted.put(Annotations.RECREATE, Optional.empty());
                    }
                    return wanted;
                });
    }

    private static String names(List<StageName> stages) {
        return String.join(", ", stages.stream().map(StageName::value).toList());
    }
}
