package sh.keptn.operator.service;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import sh.keptn.core.model.StageName;
import sh.keptn.crds.ConditionType;
import sh.keptn.crds.Reason;
import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.crds.deployment.KeptnServiceDeploymentStatus;
import sh.keptn.operator.condition.Conditions;
import sh.keptn.operator.condition.Outcome;

/** What a service's deployments say of themselves, summed up. Pure. */
final class Rollouts {
    /** Every change of a deployment brings a pass by itself. */
    private static final Duration WAIT = Duration.ofMinutes(10);

    private final Map<String, KeptnServiceDeployment> byStage;

    Rollouts(Collection<KeptnServiceDeployment> deployments) {
        byStage = deployments.stream()
                .filter(deployment -> !deployment.isMarkedForDeletion())
                .collect(Collectors.toMap(
                        deployment -> deployment.getSpec().stage(), Function.identity(), (one, other) -> one));
    }

    /** Whether the stage runs what is asked for. */
    boolean ready(StageName stage) {
        return found(stage)
                .filter(deployment -> flaw(Optional.of(deployment)).isEmpty())
                .isPresent();
    }

    Optional<String> revision(StageName stage) {
        return status(stage).map(KeptnServiceDeploymentStatus::lastAppliedRevision);
    }

    Optional<String> image(StageName stage) {
        return status(stage).flatMap(status -> status.images().stream().findFirst());
    }

    /** What keeps the stages from running what is asked for; empty if nothing does. */
    Optional<Outcome> hindrance(List<StageName> stages) {
        Map<StageName, Outcome> flaws = new LinkedHashMap<>();
        stages.forEach(stage -> flaw(found(stage)).ifPresent(flaw -> flaws.put(stage, flaw)));
        if (flaws.isEmpty()) {
            return Optional.empty();
        }
        String message = flaws.entrySet().stream()
                .map(flaw -> flaw.getKey() + ": " + flaw.getValue().message())
                .collect(Collectors.joining("; "));
        return flaws.values().stream()
                .filter(Outcome.Stalled.class::isInstance)
                .map(Outcome.Stalled.class::cast)
                .findFirst()
                .map(stalled -> (Outcome) new Outcome.Stalled(stalled.reason(), message))
                .or(() -> flaws.values().stream()
                        .filter(Outcome.Waiting.class::isInstance)
                        .map(Outcome.Waiting.class::cast)
                        .findFirst()
                        .map(waiting -> new Outcome.Waiting(waiting.reason(), message, WAIT)));
    }

    private static Optional<Outcome> flaw(Optional<KeptnServiceDeployment> deployment) {
        KeptnServiceDeploymentStatus status =
                deployment.map(KeptnServiceDeployment::getStatus).orElse(null);
        Optional<Condition> ready = Optional.ofNullable(status)
                .filter(known -> Objects.equals(
                        known.observedGeneration(),
                        deployment.orElseThrow().getMetadata().getGeneration()))
                .flatMap(known -> Conditions.find(known.conditions(), ConditionType.READY));
        if (status == null || ready.isEmpty()) {
            return Optional.of(new Outcome.Waiting(Reason.PROGRESSING, "the deployment has not begun", WAIT));
        }
        boolean rests = "True".equals(ready.get().getStatus())
                || ("Unknown".equals(ready.get().getStatus())
                        && Reason.SUSPENDED.text().equals(ready.get().getReason()));
        if (rests) {
            return Optional.empty();
        }
        Reason reason = Reason.of(ready.get().getReason()).orElse(Reason.PROGRESSING);
        String message = ready.get().getMessage();
        return Optional.of(
                Conditions.isTrue(status.conditions(), ConditionType.STALLED)
                        ? new Outcome.Stalled(reason, message)
                        : new Outcome.Waiting(reason, message, WAIT));
    }

    private Optional<KeptnServiceDeployment> found(StageName stage) {
        return Optional.ofNullable(byStage.get(stage.value()));
    }

    private Optional<KeptnServiceDeploymentStatus> status(StageName stage) {
        return found(stage).map(KeptnServiceDeployment::getStatus);
    }
}
