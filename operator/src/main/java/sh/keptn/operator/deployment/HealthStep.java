package sh.keptn.operator.deployment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import sh.keptn.crds.Reason;
import sh.keptn.crds.deployment.DeploymentResult;
import sh.keptn.operator.condition.Outcome;
import sh.keptn.operator.health.Health;
import sh.keptn.operator.health.HealthAssessor;

/**
 * Sees whether what was applied becomes healthy within the spec's time, which runs from the moment it was applied and
 * through restarts, and goes back to the last healthy revision where the spec wants that. What failed is watched on: if it
 * becomes healthy later, it is.
 */
final class HealthStep {
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final HealthAssessor assessor;
    private final DeploymentActor actor;
    private final DeploymentObserver observer;
    private final DriftWatch drift;
    private final DeploymentEvents events;
    private final Clock clock;

    HealthStep(
            HealthAssessor assessor,
            DeploymentActor actor,
            DeploymentObserver observer,
            DriftWatch drift,
            DeploymentEvents events,
            Clock clock) {
        this.assessor = assessor;
        this.actor = actor;
        this.observer = observer;
        this.drift = drift;
        this.events = events;
        this.clock = clock;
    }

    /** Right after a folder was applied. */
    Outcome begin(DeploymentActor.Work work, Candidate candidate, boolean anew) {
        return switch (assessed(work)) {
            case Health.Healthy healthy -> healthy(work, candidate);
            case Health.Progressing progressing -> {
                String message = rolling(candidate, progressing.message());
                if (anew || work.draft().healthUnknownSince().isEmpty()) {
                    work.draft().healthBegins(message);
                } else {
                    work.draft().healthUnknown(message);
                }
                yield new Outcome.Waiting(Reason.PROGRESSING, message, LOOK);
            }
            case Health.Unhealthy unhealthy -> failed(work, candidate, unhealthy.reason(), unhealthy.message());
        };
    }

    /** At any later time. */
    Outcome look(DeploymentActor.Work work, Candidate candidate) {
        return switch (assessed(work)) {
            case Health.Healthy healthy -> healthy(work, candidate);
            case Health.Progressing progressing -> progressing(work, candidate, progressing.message());
            case Health.Unhealthy unhealthy -> failed(work, candidate, unhealthy.reason(), unhealthy.message());
        };
    }

    /** Only tells how what runs is. */
    void note(DeploymentActor.Work work, Candidate candidate) {
        switch (assessed(work)) {
            case Health.Healthy healthy -> work.draft().healthy(candidate.revision(), running(candidate));
            case Health.Progressing progressing ->
                work.draft().healthUnknown(rolling(candidate, progressing.message()));
            case Health.Unhealthy unhealthy -> work.draft().unhealthy(unhealthy.reason(), unhealthy.message());
        }
    }

    private Health assessed(DeploymentActor.Work work) {
        Health health = assessor.assess(work.target(), work.draft().inventory());
        work.draft().footprint(health.footprint());
        return health;
    }

    private Outcome healthy(DeploymentActor.Work work, Candidate candidate) {
        work.draft().healthy(candidate.revision(), running(candidate));
        work.draft().ended(candidate.revision(), candidate.tree().orElseThrow(), DeploymentResult.Healthy, null);
        String more = work.intent().pin().isPresent() ? ", pinned by spec.revision" : "";
        return work.draft()
                .available()
                .map(available -> new Outcome.Done(
                        running(candidate) + more + "; " + available + " is available and waits for spec.revision"))
                .orElseGet(() -> new Outcome.Done(running(candidate) + more));
    }

    private Outcome progressing(DeploymentActor.Work work, Candidate candidate, String message) {
        if (work.draft().wasUnhealthy()) {
            return failed(work, candidate, Reason.HEALTH_CHECK_TIMEOUT, message);
        }
        String words = rolling(candidate, message);
        Optional<Instant> since = work.draft().healthUnknownSince();
        if (since.isEmpty()) {
            work.draft().healthBegins(words);
            return new Outcome.Waiting(Reason.PROGRESSING, words, LOOK);
        }
        Duration left =
                Duration.between(clock.instant(), since.get().plus(work.intent().timeout()));
        if (!left.isPositive()) {
            return failed(work, candidate, Reason.HEALTH_CHECK_TIMEOUT, message);
        }
        work.draft().healthUnknown(words);
        return new Outcome.Waiting(Reason.PROGRESSING, words, left.compareTo(LOOK) < 0 ? left : LOOK);
    }

    private Outcome failed(DeploymentActor.Work work, Candidate candidate, Reason reason, String message) {
        String words = reason == Reason.HEALTH_CHECK_TIMEOUT
                ? message + " (" + candidate.revision() + " is not healthy after "
                        + work.intent().spec().timeout() + ")"
                : message;
        if (work.intent().rollsBack()) {
            Optional<Candidate> good = healthyBefore(work, candidate);
            if (good.isPresent()) {
                return rollBack(work, candidate, good.get(), words);
            }
        }
        work.draft().unhealthy(reason, words);
        work.draft().ended(candidate.revision(), candidate.tree().orElseThrow(), DeploymentResult.Failed, words);
        return new Outcome.Stalled(reason, words);
    }

    /** The last healthy revision, if the mirror still has it and its folder is another one. */
    private Optional<Candidate> healthyBefore(DeploymentActor.Work work, Candidate failed) {
        return work.memory()
                .healthy()
                .flatMap(revision -> observer.known(work.place(), revision.commit()))
                .filter(found -> found.tree().isPresent() && !found.tree().equals(failed.tree()));
    }

    private Outcome rollBack(DeploymentActor.Work work, Candidate failed, Candidate good, String why) {
        String message = failed.revision() + " was rolled back to " + good.revision() + ": " + why;
        return switch (actor.rollOut(work, good)) {
            case RollOut.Applied applied -> {
                drift.checked(work.resource());
                work.draft().rolledBack(failed.revision());
                work.draft()
                        .ended(failed.revision(), failed.tree().orElseThrow(), DeploymentResult.RolledBack, message);
                work.draft().healthBegins(rolling(good, "just applied again"));
                events.rolledBack(work.resource(), message);
                yield new Outcome.Stalled(Reason.ROLLED_BACK, message);
            }
            case RollOut.Nothing nothing -> new Outcome.Stalled(Reason.ROLLED_BACK, message);
            case RollOut.Broken(Outcome outcome) ->
                new Outcome.Failed(
                        outcome.reason(),
                        "rolling back from " + failed.revision() + " to " + good.revision() + ": " + outcome.message());
        };
    }

    private static String running(Candidate candidate) {
        return "running " + candidate.revision();
    }

    private static String rolling(Candidate candidate, String message) {
        return "rolling out " + candidate.revision() + ": " + message;
    }
}
