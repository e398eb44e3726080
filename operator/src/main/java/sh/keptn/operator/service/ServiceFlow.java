package sh.keptn.operator.service;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.error.UpstreamFault;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.StageName;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.crds.service.KeptnServiceStatus;
import sh.keptn.operator.cluster.Annotated;
import sh.keptn.operator.cluster.NameList;
import sh.keptn.operator.condition.Faults;
import sh.keptn.operator.condition.Outcome;
import sh.keptn.operator.upstream.LoginPause;
import sh.keptn.operator.upstream.ProjectView;
import sh.keptn.operator.upstream.Resolution;
import sh.keptn.operator.upstream.Upstreams;

/**
 * One pass over a service: accept, observe, plan, act. Its deployments are kept first, as they need no upstream. As a
 * rule it asks nobody: where the stages stand is in the project's status, and the folders are in the mirror. Only where a
 * folder is missing are fresh heads fetched: those of the status may be older than the folder, which this operator may
 * have made a moment ago.
 */
final class ServiceFlow {
    /** What a pass came to. */
    record Pass(KeptnServiceStatus status, Outcome outcome) {}

    private final GitStore store;
    private final Upstreams upstreams;
    private final ServiceObserver observer;
    private final ServicePlanner planner;
    private final ServiceActor actor;
    private final Annotated annotated;
    private final StageDeployments deployments;
    private final LoginPause logins;
    private final ServiceStatusFactory statuses;

    ServiceFlow(
            GitStore store,
            Upstreams upstreams,
            ServiceObserver observer,
            ServicePlanner planner,
            ServiceActor actor,
            Annotated annotated,
            StageDeployments deployments,
            LoginPause logins,
            ServiceStatusFactory statuses) {
        this.store = store;
        this.upstreams = upstreams;
        this.observer = observer;
        this.planner = planner;
        this.actor = actor;
        this.annotated = annotated;
        this.deployments = deployments;
        this.logins = logins;
        this.statuses = statuses;
    }

    /**
     * @param there the service's deployments as the cache shows them
     */
    Pass pass(KeptnService service, Optional<KeptnProject> project, Collection<KeptnServiceDeployment> there) {
        ServiceIntent intent;
        try {
            intent = ServiceIntent.of(service);
        } catch (KeptnException e) {
            return ended(service, Faults.outcome(e.error()));
        }
        deployments.keep(service, intent, project, there);
        if (service.getSpec().suspended()) {
            return new Pass(statuses.suspended(service), new Outcome.Done("suspended"));
        }
        Optional<KeptnProject> living = project.filter(found -> !found.isMarkedForDeletion());
        if (living.isEmpty()) {
            return ended(service, ProjectView.absent(intent.project(), project));
        }
        Optional<ProjectView> view = ProjectView.of(living.get()).filter(ProjectView::reachable);
        if (view.isEmpty()) {
            return ended(service, ProjectView.notReady(living.get()));
        }
        return switch (upstreams.resolve(view.get().settings(), view.get().url())) {
            case Resolution.Unresolved(Outcome outcome) -> ended(service, outcome);
            case Resolution.Resolved(Upstream upstream, String version, boolean provisioned) ->
                logins.recall(service, version)
                        .map(outcome -> ended(service, outcome))
                        .orElseGet(() -> follow(
                                service, intent, living.get(), view.get(), upstream, version, new Rollouts(there)));
        };
    }

    private Pass follow(
            KeptnService service,
            ServiceIntent intent,
            KeptnProject project,
            ProjectView view,
            Upstream upstream,
            String secretVersion,
            Rollouts rollouts) {
        try {
            return converge(service, intent, project, view, upstream, rollouts);
        } catch (KeptnException e) {
            Outcome outcome = Faults.outcome(e.error());
            if (e.error() instanceof KeptnError.Upstream(UpstreamFault fault, String message)
                    && fault == UpstreamFault.AUTH) {
                logins.remember(service, secretVersion, outcome);
            }
            return ended(service, outcome);
        }
    }

    private Pass converge(
            KeptnService service,
            ServiceIntent intent,
            KeptnProject project,
            ProjectView view,
            Upstream upstream,
            Rollouts rollouts) {
        ObservedService seen = observer.observe(service, intent.service(), view, upstream);
        if (!seen.missing().isEmpty()) {
            ProjectView fresh = view.at(store.heads(upstream));
            seen = observer.observe(service, intent.service(), fresh, upstream);
        }
        ServicePlan plan = planner.plan(intent, seen);
        if (!plan.isEmpty()) {
            noLongerIgnored(project, intent);
            seen = with(seen, actor.act(service, intent, view, upstream, plan));
        }
        return new Pass(statuses.reached(service, seen, rollouts), ServiceStatusFactory.outcome(seen, rollouts));
    }

    /** A service that was deleted and is wanted again is discovered again too. */
    private void noLongerIgnored(KeptnProject project, ServiceIntent intent) {
        String name = intent.service().value();
        if (NameList.of(project, Annotations.IGNORED_SERVICES).contains(name)) {
            annotated.change(
                    KeptnProject.class,
                    project.getMetadata().getNamespace(),
                    project.getMetadata().getName(),
                    live -> {
                        NameList rest =
                                NameList.of(live, Annotations.IGNORED_SERVICES).minus(List.of(name));
                        return Map.of(
                                Annotations.IGNORED_SERVICES,
                                rest.isEmpty() ? Optional.empty() : Optional.of(rest.text()));
                    });
        }
    }

    /** Drops what is remembered of a service that is gone. */
    void forget(String uid) {
        logins.forget(uid);
    }

    private Pass ended(KeptnService service, Outcome outcome) {
        return new Pass(statuses.unreached(service, outcome), outcome);
    }

    private static ObservedService with(ObservedService seen, Map<StageName, CommitId> made) {
        Map<StageName, ObservedService.Folder> stages = new LinkedHashMap<>(seen.stages());
        made.forEach((stage, commit) -> stages.computeIfPresent(
                stage,
                (name, folder) -> new ObservedService.Folder(
                        folder.branch(), Optional.of(commit), true, Optional.of(commit.revision(folder.branch())))));
        return new ObservedService(stages);
    }
}
