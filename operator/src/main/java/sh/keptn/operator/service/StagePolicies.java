package sh.keptn.operator.service;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sh.keptn.core.model.StageName;
import sh.keptn.crds.Labels;
import sh.keptn.crds.deployment.KeptnServiceDeploymentSpec;
import sh.keptn.crds.deployment.SuspendedBy;
import sh.keptn.crds.project.DeployPolicy;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.KeptnProjectStatus;
import sh.keptn.crds.project.StagePolicy;
import sh.keptn.crds.project.StageStatus;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.crds.service.KeptnServiceSpec;
import sh.keptn.operator.apply.Owner;
import sh.keptn.operator.upstream.ProjectSettings;

/** What project and service say of the deployment on a stage, put together. Pure. */
final class StagePolicies {
    private static final String TIMEOUT = "3m";

    private StagePolicies() {}

    /** The stages of a project that was set up; none if nothing is known of them. */
    static List<StageName> stages(KeptnProject project) {
        return Optional.ofNullable(project.getStatus()).map(KeptnProjectStatus::stages).orElse(List.of()).stream()
                .map(StageStatus::name)
                .filter(StageName::isValid)
                .map(StageName::new)
                .toList();
    }

    /** All that a deployment has to know; every default is spoken out. */
    static KeptnServiceDeploymentSpec spec(KeptnService service, KeptnProject project, StageName stage) {
        KeptnServiceSpec wants = service.getSpec();
        Optional<StagePolicy> policy = project.getSpec().stage(stage.value());
        return new KeptnServiceDeploymentSpec(
                wants.project(),
                stage.value(),
                wants.service(),
                ProjectSettings.namespace(project, stage),
                policy.map(StagePolicy::serviceAccountName).orElse(null),
                policy.map(StagePolicy::deployOrDefault).orElse(DeployPolicy.OnCommit),
                wants.sourceOrDefault(),
                wants.path(),
                Objects.requireNonNullElse(wants.timeout(), TIMEOUT),
                wants.prunes(),
                wants.onFailureOrDefault(),
                Objects.requireNonNullElseGet(wants.deletionPolicy(), project.getSpec()::deletionPolicyOrDefault),
                suspendedBy(service, project, policy),
                null,
                null);
    }

    /** The labels of a deployment. */
    static Map<String, String> labels(ServiceIntent intent, StageName stage) {
        Map<String, String> labels = new HashMap<>(
                Owner.of(intent.project(), stage, intent.service()).labels());
        labels.put(Labels.MANAGED_BY, Labels.MANAGED_BY_OPERATOR);
        return labels;
    }

    private static @Nullable SuspendedBy suspendedBy(
            KeptnService service, KeptnProject project, Optional<StagePolicy> policy) {
        if (project.getSpec().suspended()) {
            return SuspendedBy.Project;
        }
        if (policy.filter(StagePolicy::suspended).isPresent()) {
            return SuspendedBy.Stage;
        }
        return service.getSpec().suspended() ? SuspendedBy.Service : null;
    }
}
