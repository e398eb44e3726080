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

    /**
     * The outcome of a pass that left nothing to do: a folder on some stages is enough, none at all is not, and what is
     * deployed must run.
     */
    static Outcome outcome(ObservedService seen, Rollouts rollouts) {
        if (seen.present().isEmpty() && !seen.missing().isEmpty()) {
            return new Outcome.Stalled(
                    Reason.FOLDER_MISSING,
                    "its folder is on no stage any more; push it again, annotate with keptn.sh/recreate=true, or delete"
                            + " this service");
        }
        return rollouts.hindrance(List.copyOf(seen.stages().keySet())).orElseGet(() -> new Outcome.Done(where(seen)));
    }

    private static String where(ObservedService seen) {
        if (!seen.missing().isEmpty()) {
            return "present on " + names(seen.present()) + "; missing on " + names(seen.missing());
        }
        int count = seen.present().size();
        return count == 1 ? "present on 1 stage" : "present on " + count + " stages";
    }

    KeptnServiceStatus reached(KeptnService service, ObservedService seen, Rollouts rollouts) {
        Conditions conditions = conditions(service).outcome(outcome(seen, rollouts));
        if (seen.missing().isEmpty()) {
            conditions.yes(ConditionType.PRESENT, Reason.SUCCEEDED, "its folder is on every stage");
        } else {
            conditions.no(
                    ConditionType.PRESENT, Reason.FOLDER_MISSING, "its folder is missing on " + names(seen.missing()));
        }
        List<ServiceStageStatus> stages = seen.stages().entrySet().stream()
                .map(stage -> stage(stage.getKey(), stage.getValue(), rollouts))
                .toList();
        return new KeptnServiceStatus(
                service.getMetadata().getGeneration(), conditions.toList(), stages, StageSummary.of(stages));
    }

    /** Where nothing is deployed, the revision is the one since which the folder is as it is. */
    private static ServiceStageStatus stage(StageName name, ObservedService.Folder folder, Rollouts rollouts) {
        if (!folder.present()) {
            return new ServiceStageStatus(name.value(), false, null, null);
        }
        return new ServiceStageStatus(
                name.value(),
                rollouts.ready(name),
                rollouts.revision(name).or(folder::revision).orElse(null),
                rollouts.image(name).orElse(null));
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
