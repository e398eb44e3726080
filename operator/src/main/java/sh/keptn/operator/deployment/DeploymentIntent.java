package sh.keptn.operator.deployment;

import java.time.Duration;
import java.util.Optional;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.StageName;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.Durations;
import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.crds.deployment.KeptnServiceDeploymentSpec;
import sh.keptn.crds.project.DeployPolicy;
import sh.keptn.crds.service.FailurePolicy;
import sh.keptn.operator.apply.Target;
import sh.keptn.operator.cluster.NameList;

/**
 * What a deployment's resource asks for, parsed.
 *
 * @param pin the full or short commit id that people set
 * @param requestedAt what the annotation asks, which is answered once
 */
record DeploymentIntent(
        ProjectName project,
        StageName stage,
        ServiceName service,
        KeptnServiceDeploymentSpec spec,
        Duration timeout,
        Optional<String> pin,
        Optional<String> requestedAt) {
    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final int MAX_REQUEST = 256;

    /**
     * Reads the resource.
     *
     * @throws KeptnException {@code Invalid} if the spec cannot be used or the resource bears the wrong name
     */
    static DeploymentIntent of(KeptnServiceDeployment resource) {
        KeptnServiceDeploymentSpec spec = resource.getSpec();
        ProjectName project = new ProjectName(spec.project());
        StageName stage = new StageName(spec.stage());
        ServiceName service = new ServiceName(spec.service());
        String expected = service.deploymentName(project, stage);
        if (!expected.equals(resource.getMetadata().getName())) {
            throw KeptnException.invalid("metadata.name", "must be '" + expected + "' for this spec");
        }
        return new DeploymentIntent(
                project,
                stage,
                service,
                spec,
                Optional.ofNullable(spec.timeout()).flatMap(Durations::parse).orElse(TIMEOUT),
                Optional.ofNullable(spec.revision()),
                requestedAt(resource));
    }

    /** What the annotation asks, as long as a status can hold it. */
    static Optional<String> requestedAt(KeptnServiceDeployment resource) {
        return NameList.value(resource, Annotations.REQUESTED_AT)
                .map(value -> value.substring(0, Math.min(value.length(), MAX_REQUEST)));
    }

    boolean onSequence() {
        return spec.deployOrDefault() == DeployPolicy.OnSequence;
    }

    boolean rollsBack() {
        return spec.onFailureOrDefault() == FailurePolicy.Rollback;
    }

    /** Where the objects go. */
    Target target(String projectUid) {
        return new Target(
                project,
                stage,
                service,
                spec.targetNamespace(),
                !spec.targetNamespace().equals(stage.namespace(project)),
                Optional.ofNullable(spec.serviceAccountName()),
                projectUid);
    }
}
