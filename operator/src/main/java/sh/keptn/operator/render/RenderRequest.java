package sh.keptn.operator.render;

import java.util.Optional;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.StageName;
import sh.keptn.crds.service.ServiceSource;

/**
 * Which folder is rendered, for whom, and how.
 *
 * @param namespace where the objects will be applied: a chart's {@code .Release.Namespace}
 * @param source what the folder is rendered from
 * @param path where in the folder the chart or the manifests stand instead of their usual place
 */
public record RenderRequest(
        ProjectName project,
        StageName stage,
        ServiceName service,
        String namespace,
        ServiceSource source,
        Optional<String> path,
        FolderContent folder) {}
