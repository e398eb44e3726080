package sh.keptn.operator.deployment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.Upstream;
import sh.keptn.crds.ConditionType;
import sh.keptn.crds.Reason;
import sh.keptn.crds.deployment.InventoryEntry;
import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.crds.deployment.KeptnServiceDeploymentStatus;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.operator.condition.Conditions;
import sh.keptn.operator.condition.Faults;
import sh.keptn.operator.condition.Outcome;
import sh.keptn.operator.upstream.ProjectView;
import sh.keptn.operator.upstream.Resolution;
import sh.keptn.operator.upstream.Upstreams;

/**
 * One pass over a deployment: accept, observe, plan, act, look. Knows neither the cluster's caches nor how the final
 * status gets written; it answers with the status that should be. What is to run it reads from the project's status and
 * the mirror, so a pass that finds nothing new asks nobody.
 */
final class DeploymentFlow {
    private static final Duration WAIT = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(DeploymentFlow.class);

    /** What a pass came to. */
    record Pass(KeptnServiceDeploymentStatus status, Outcome outcome) {}

    private final Upstreams upstreams;
    private final DeploymentObserver observer;
    private final DeploymentPlanner planner;
    private final DeploymentActor actor;
    private final LostStatus lostStatus;
    private final HealthStep health;
    private final DriftWatch drift;
    private final DeploymentStatusFactory statuses;
    private final DeploymentEvents events;

    DeploymentFlow(
            Upstreams upstreams,
            DeploymentObserver observer,
            DeploymentPlanner planner,
            DeploymentActor actor,
            LostStatus lostStatus,
            HealthStep health,
            DriftWatch drift,
            DeploymentStatusFactory statuses,
            DeploymentEvents events) {
        this.upstreams = upstreams;
        this.observer = observer;
        this.planner = planner;
        this.actor = actor;
        this.lostStatus = lostStatus;
        this.health = health;
        this.drift = drift;
        this.statuses = statuses;
        this.events = events;
    }

    /** Whether enough is seen of the cluster to judge what runs there. */
    boolean ready() {
        return drift.ready();
    }

    Pass pass(KeptnServiceDeployment resource, Optional<KeptnProject> project) {
        DeploymentDraft draft = statuses.draft(resource);
        try {
            DeploymentIntent intent = DeploymentIntent.of(resource);
            Outcome outcome = accepted(resource, intent, project, draft);
            return new Pass(draft.status(outcome), outcome);
        } catch (KeptnException e) {
            Outcome outcome = Faults.outcome(e.error());
            log.atDebug()
                    .addKeyValue("deployment", resource.getMetadata().getName())
                    .setCause(e)
                    .log("pass ended early");
            return new Pass(draft.status(outcome), outcome);
        } catch (RuntimeException e) {
            // Caught here, as the draft knows what was recorded in the middle of the pass, and the cache does not.
            Outcome outcome = Faults.internal();
            log.atError()
                    .addKeyValue("deployment", resource.getMetadata().getName())
                    .setCause(e)
                    .log("pass failed");
            return new Pass(draft.status(outcome), outcome);
        }
    }

    /** Drops what is remembered of a deployment that is gone. */
    void forget(String uid) {
        drift.forget(uid);
    }

    private Outcome accepted(
            KeptnServiceDeployment resource,
            DeploymentIntent intent,
            Optional<KeptnProject> project,
            DeploymentDraft draft) {
        Optional<KeptnProject> living = project.filter(found -> !found.isMarkedForDeletion());
        if (living.isEmpty()) {
            return ProjectView.absent(intent.project(), project);
        }
        Optional<ProjectView> view = ProjectView.of(living.get());
        if (view.isEmpty()) {
            return ProjectView.notReady(living.get());
        }
        Optional<ProjectView.Stage> stage = view.get().stage(intent.stage());
        if (stage.isEmpty()) {
            return new Outcome.Waiting(
                    Reason.PROJECT_NOT_READY,
                    "project '" + intent.project() + "' has no stage '" + intent.stage() + "'",
                    WAIT);
        }
        return switch (upstreams.resolve(view.get().settings(), view.get().url())) {
            case Resolution.Unresolved(Outcome outcome) -> outcome;
            case Resolution.Resolved(Upstream upstream, String version, boolean provisioned) -> {
                String folder =
                        view.get().folder(intent.stage(), intent.service()).folder();
                DeploymentActor.Work work = new DeploymentActor.Work(
                        resource,
                        intent,
                        new DeploymentObserver.Place(upstream, stage.get(), folder),
                        intent.target(living.get().getMetadata().getUid()),
                        Memory.of(resource, draft.before()),
                        draft);
                yield follow(lostStatus.found(work));
            }
        };
    }

    private Outcome follow(DeploymentActor.Work work) {
        ObservedFolder seen = observer.observe(work.intent(), work.memory(), work.place());
        DeploymentPlan plan = planner.plan(work.intent(), seen, work.memory());
        return switch (plan) {
            case DeploymentPlan.Stop(Outcome outcome) -> outcome;
            case DeploymentPlan.Await(Revision available) -> await(work, seen);
            case DeploymentPlan.Clear(Candidate candidate) -> clear(work, candidate);
            case DeploymentPlan.Apply(Candidate candidate) -> apply(work, candidate, seen);
            case DeploymentPlan.Look(Candidate candidate) -> look(work, running(work, candidate), seen);
            case DeploymentPlan.Hold(Candidate failed) -> hold(work);
        };
    }

    /** The commit that was applied stays the one that is spoken of, however many with the same folder came later. */
    private static Candidate running(DeploymentActor.Work work, Candidate candidate) {
        return new Candidate(work.memory().applied().orElse(candidate.revision()), candidate.tree());
    }

    private Outcome await(DeploymentActor.Work work, ObservedFolder seen) {
        Revision available = waiting(work, seen, Optional.empty()).orElseThrow();
        work.draft().available(Optional.of(available));
        return new Outcome.Done(
                Reason.WAITING_FOR_SEQUENCE, available + " is available and waits for spec.revision; nothing runs yet");
    }

    private Outcome clear(DeploymentActor.Work work, Candidate candidate) {
        String why = "there is no folder '" + work.intent().service() + "' in "
                + candidate.revision().branch();
        work.draft().available(Optional.empty());
        return ended(work, actor.clear(work, why));
    }

    private Outcome apply(DeploymentActor.Work work, Candidate candidate, ObservedFolder seen) {
        work.draft().available(waiting(work, seen, candidate.tree()));
        return switch (actor.rollOut(work, candidate)) {
            case RollOut.Applied applied -> {
                events.applied(work.resource(), candidate.revision(), applied);
                drift.checked(work.resource());
                boolean other = !candidate.tree().equals(work.memory().appliedTree());
                yield health.begin(work, candidate, other);
            }
            case RollOut.Nothing nothing -> ended(work, nothing);
            case RollOut.Broken broken -> ended(work, broken);
        };
    }

    private Outcome look(DeploymentActor.Work work, Candidate candidate, ObservedFolder seen) {
        work.draft().available(waiting(work, seen, candidate.tree()));
        if (work.memory().applied().isEmpty()) {
            // The folder holds nothing to deploy, as the pass before found out.
            return Conditions.find(work.draft().before().conditions(), ConditionType.APPLIED)
                    .map(condition -> new Outcome.Done(Reason.NOTHING_TO_DEPLOY, condition.getMessage()))
                    .orElseGet(() -> new Outcome.Done(Reason.NOTHING_TO_DEPLOY, "nothing to deploy"));
        }
        return repaired(work, candidate).orElseGet(() -> health.look(work, candidate));
    }

    /** What runs is an older revision; only that is kept as it is. */
    private Outcome hold(DeploymentActor.Work work) {
        String why = work.memory().rolledBack().map(entry -> entry.message()).orElse("rolled back");
        Optional<Candidate> running = work.memory()
                .applied()
                .map(revision -> new Candidate(revision, work.memory().appliedTree()));
        if (running.isPresent()) {
            Optional<Outcome> broken = repaired(work, running.get());
            if (broken.isPresent()) {
                return broken.get();
            }
            health.note(work, running.get());
        }
        return new Outcome.Stalled(Reason.ROLLED_BACK, why);
    }

    /** Brings back what drifted; empty if nothing did or all is as it was again. */
    private Optional<Outcome> repaired(DeploymentActor.Work work, Candidate candidate) {
        List<InventoryEntry> drifted = drift.drifted(work.memory().inventory());
        if (drifted.isEmpty() && !drift.isDue(work.resource(), work.memory().inventory())) {
            return Optional.empty();
        }
        return switch (actor.rollOut(work, candidate)) {
            case RollOut.Applied applied -> {
                drift.checked(work.resource());
                events.repaired(work.resource(), candidate.revision(), applied);
                yield Optional.empty();
            }
            case RollOut.Nothing nothing -> Optional.of(ended(work, nothing));
            case RollOut.Broken broken -> Optional.of(ended(work, broken));
        };
    }

    private Outcome ended(DeploymentActor.Work work, RollOut ended) {
        return switch (ended) {
            case RollOut.Nothing(String why, List<InventoryEntry> pruned) -> {
                events.pruned(work.resource(), pruned);
                yield new Outcome.Done(Reason.NOTHING_TO_DEPLOY, why);
            }
            case RollOut.Broken(Outcome outcome) -> outcome;
            case RollOut.Applied applied -> throw new IllegalStateException("its health comes first");
        };
    }

    /** The revision in Git that is not taken over by itself, if its folder is another one. */
    private Optional<Revision> waiting(DeploymentActor.Work work, ObservedFolder seen, Optional<String> chosenTree) {
        boolean chosen = work.intent().pin().isPresent() || work.intent().onSequence();
        return seen.head()
                .filter(head ->
                        chosen && head.tree().isPresent() && !head.tree().equals(chosenTree))
                .map(head ->
                        observer.available(work.place(), head, work.memory().available()));
    }
}
