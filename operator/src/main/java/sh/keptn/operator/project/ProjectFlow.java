package sh.keptn.operator.project;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.error.UpstreamFault;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.ServiceName;
import sh.keptn.crds.Reason;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.KeptnProjectStatus;
import sh.keptn.operator.condition.Faults;
import sh.keptn.operator.condition.Outcome;
import sh.keptn.operator.condition.Reached;
import sh.keptn.operator.upstream.LoginPause;

/**
 * One pass over a project: accept, observe, plan, act, and again until nothing is left to do. Knows neither the cluster's
 * caches nor how a status gets written; it answers with the status that should be.
 */
final class ProjectFlow {
    /** Making a project takes two looks; more happen only where others work on the upstream at the same time. */
    private static final int MAX_ROUNDS = 5;

    private static final Logger log = LoggerFactory.getLogger(ProjectFlow.class);

    /** What a pass came to. */
    record Pass(KeptnProjectStatus status, Outcome outcome) {}

    private final ProjectAcceptance acceptance;
    private final ProjectObserver observer;
    private final ProjectPlanner planner;
    private final ProjectActor actor;
    private final UpstreamMove move;
    private final HistoryWatch history;
    private final LoginPause logins;
    private final ProjectStatusFactory statuses;

    ProjectFlow(
            ProjectAcceptance acceptance,
            ProjectObserver observer,
            ProjectPlanner planner,
            ProjectActor actor,
            UpstreamMove move,
            HistoryWatch history,
            LoginPause logins,
            ProjectStatusFactory statuses) {
        this.acceptance = acceptance;
        this.observer = observer;
        this.planner = planner;
        this.actor = actor;
        this.move = move;
        this.history = history;
        this.logins = logins;
        this.statuses = statuses;
    }

    /**
     * @param others every project of the namespace
     * @param known the services that have a resource; taken before the upstream is looked at, so that a folder whose
     *     service goes away meanwhile is not taken for a new one
     */
    Pass pass(KeptnProject project, Stream<KeptnProject> others, Set<ServiceName> known) {
        return switch (acceptance.accept(project, others)) {
            case Acceptance.Refused(Outcome outcome) ->
                new Pass(statuses.unreached(project, outcome, Reached.NOT_ASKED), outcome);
            case Acceptance.Accepted accepted ->
                logins.recall(project, accepted.secretVersion())
                        .map(outcome -> new Pass(statuses.unreached(project, outcome, Reached.NO), outcome))
                        .orElseGet(() -> follow(project, accepted, known));
        };
    }

    private Pass follow(KeptnProject project, Acceptance.Accepted accepted, Set<ServiceName> known) {
        try {
            move.moveIfChanged(project, accepted.intent(), accepted.upstream());
            return converge(project, accepted, known);
        } catch (KeptnException e) {
            Outcome outcome = Faults.outcome(e.error());
            Optional<UpstreamFault> fault = fault(e.error());
            if (fault.filter(UpstreamFault.AUTH::equals).isPresent()) {
                logins.remember(project, accepted.secretVersion(), outcome);
            }
            log.atDebug()
                    .addKeyValue("project", accepted.intent().settings().name())
                    .setCause(e)
                    .log("pass ended early");
            return new Pass(statuses.unreached(project, outcome, reached(fault)), outcome);
        }
    }

    private Pass converge(KeptnProject project, Acceptance.Accepted accepted, Set<ServiceName> known) {
        ProjectIntent intent = accepted.intent();
        Upstream upstream = accepted.upstream();
        Set<ServiceName> services = new LinkedHashSet<>(known);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            ObservedProject seen = observer.observe(intent, upstream);
            ProjectPlan plan = planner.plan(intent, seen, services);
            if (plan.steps().isEmpty()) {
                move.worked(intent, upstream);
                history.compare(project, upstream, seen);
                KeptnProjectStatus status = plan.stages().isEmpty()
                        ? statuses.unreached(project, plan.outcome(), Reached.YES)
                        : statuses.reached(
                                project,
                                intent.settings().layout(),
                                accepted.url(),
                                accepted.provisioned(),
                                seen,
                                plan);
                return new Pass(status, plan.outcome());
            }
            Progress progress = actor.act(project, intent, upstream, seen, plan);
            intent = intent.after(progress);
            services.addAll(progress.discovered());
        }
        Outcome outcome =
                new Outcome.Waiting(Reason.PROGRESSING, "the upstream is still changing", Duration.ofSeconds(1));
        return new Pass(statuses.unreached(project, outcome, Reached.YES), outcome);
    }

    /** Drops what is remembered of a project that is gone. */
    void forget(String uid) {
        logins.forget(uid);
        move.forget(uid);
    }

    private static Optional<UpstreamFault> fault(KeptnError error) {
        return error instanceof KeptnError.Upstream(UpstreamFault fault, String message)
                ? Optional.of(fault)
                : Optional.empty();
    }

    /** A push that was refused or overtaken is an answer too. */
    private static Reached reached(Optional<UpstreamFault> fault) {
        return fault.map(found -> switch (found) {
                    case REJECTED, DIVERGED, TOO_LARGE -> Reached.YES;
                    case DNS,
                            CONNECT,
                            TIMEOUT,
                            TLS,
                            HOST_KEY,
                            PROXY,
                            AUTH,
                            NOT_FOUND,
                            NOT_A_REPOSITORY,
                            ADDRESS_REFUSED,
                            REDIRECT,
                            UNAVAILABLE -> Reached.NO;
                })
                .orElse(Reached.NOT_ASKED);
    }
}
