package sh.keptn.operator.service;

import java.time.Instant;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ServiceName;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.operator.cluster.NameList;

/**
 * What a service's resource asks for and remembers, parsed.
 *
 * @param scaffolded the stages where its folder was made or found before: never made there a second time unasked
 */
record ServiceIntent(
        ServiceName service, ProjectName project, Instant createdAt, NameList scaffolded, boolean recreate) {

    /**
     * @throws KeptnException {@code Invalid} if the spec cannot be used or the resource bears the wrong name
     */
    static ServiceIntent of(KeptnService resource) {
        ServiceName service = new ServiceName(resource.getSpec().service());
        ProjectName project = new ProjectName(resource.getSpec().project());
        String expected = service.resourceName(project);
        if (!expected.equals(resource.getMetadata().getName())) {
            throw KeptnException.invalid("metadata.name", "must be '" + expected + "' for this spec");
        }
        return new ServiceIntent(
                service,
                project,
                Instant.parse(resource.getMetadata().getCreationTimestamp()),
                NameList.of(resource, Annotations.SCAFFOLDED),
                NameList.flag(resource, Annotations.RECREATE));
    }
}
