package sh.keptn.operator.service;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import sh.keptn.core.model.StageName;
import sh.keptn.crds.ConditionType;
import sh.keptn.crds.Reason;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.crds.service.KeptnServiceStatus;
import sh.keptn.crds.service.ServiceStageStatus;
import sh.keptn.operator.condition.Conditions;
import sh.keptn.operator.condition.Outcome;

/** Makes a service's new status, whole; where nothing could be seen, the last known stages stay. */
final class ServiceStatusFactory {
    private static final KeptnServiceStatus NEW = new KeptnServiceStatus(null, List.of(), List.of(), null);

    private final Clock clock;

    ServiceStatusFactory(Clock clock) {
        this.clock = clock;
    }

    /** The outcome of a pass that left nothing to do: a folder on some stages is enough, none at all is not. */
    static Outcome outcome(ObservedService seen) {
        if (seen.missing().isEmpty()) {
            int count = seen.present().size();
            return new Outcome.Done(count == 1 ? "present on 1 stage" : "present on " + count + " stages");
        }
        if (seen.present().isEmpty()) {
            return new Outcome.Stalled(
                    Reason.FOLDER_MISSING,
                    "its folder is on no stage any more; push it again, annotate with keptn.sh/recreate=true, or delete"
                            + " this service");
        }
        return new Outcome.Done("present on " + names(seen.present()) + "; missing on " + names(seen.missing()));
    }

    KeptnServiceStatus reached(KeptnService service, ObservedService seen) {
        Conditions conditions = conditions(service).outcome(outcome(seen));
        if (seen.missing().isEmpty()) {
            conditions.yes(ConditionType.PRESENT, Reason.SUCCEEDED, "its folder is on every stage");
        } else {
            conditions.no(
                    ConditionType.PRESENT, Reason.FOLDER_MISSING, "its folder is missing on " + names(seen.missing()));
        }
        List<ServiceStageStatus> stages = seen.stages().entrySet().stream()
                .map(stage -> new ServiceStageStatus(
                        stage.getKey().value(),
                        stage.getValue().present(),
                        stage.getValue().revision().orElse(null),
                        null))
                .toList();
        return new KeptnServiceStatus(
                service.getMetadata().getGeneration(),
                conditions.toList(),
                stages,
                seen.present().stream().map(StageName::value).collect(Collectors.joining(",")));
    }

    KeptnServiceStatus unreached(KeptnService service, Outcome outcome) {
        KeptnServiceStatus before = before(service);
        return new KeptnServiceStatus(
                service.getMetadata().getGeneration(),
                conditions(service).outcome(outcome).keep(ConditionType.PRESENT).toList(),
                before.stages(),
                before.stageSummary());
    }

    KeptnServiceStatus suspended(KeptnService service) {
        KeptnServiceStatus before = before(service);
        return new KeptnServiceStatus(
                service.getMetadata().getGeneration(),
                conditions(service)
                        .suspended("suspended: nothing is done until spec.suspend is false")
                        .keep(ConditionType.PRESENT)
                        .toList(),
                before.stages(),
                before.stageSummary());
    }

    private Conditions conditions(KeptnService service) {
        return new Conditions(
                before(service).conditions(), service.getMetadata().getGeneration(), clock);
    }

    private static KeptnServiceStatus before(KeptnService service) {
        return Optional.ofNullable(service.getStatus()).orElse(NEW);
    }

    private static String names(List<StageName> stages) {
        return stages.stream().map(StageName::value).collect(Collectors.joining(", "));
    }
}
