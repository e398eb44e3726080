package sh.keptn.operator.deployment;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.crds.deployment.KeptnServiceDeploymentStatus;

/** Begins new statuses from old ones. */
final class DeploymentStatusFactory {
    private static final KeptnServiceDeploymentStatus NEW = new KeptnServiceDeploymentStatus(
            null, List.of(), null, null, null, null, null, null, List.of(), List.of(), List.of(), List.of(), null);

    private final Clock clock;

    DeploymentStatusFactory(Clock clock) {
        this.clock = clock;
    }

    DeploymentDraft draft(KeptnServiceDeployment resource) {
        return new DeploymentDraft(resource, before(resource), clock);
    }

    static KeptnServiceDeploymentStatus before(KeptnServiceDeployment resource) {
        return Optional.ofNullable(resource.getStatus()).orElse(NEW);
    }
}
