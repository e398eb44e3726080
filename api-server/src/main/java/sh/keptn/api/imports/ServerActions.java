package sh.keptn.api.imports;

import java.util.List;
import java.util.Map;
import sh.keptn.api.resource.ResourceWriter;
import sh.keptn.api.secret.Secrets;
import sh.keptn.api.service.ServiceRoom;
import sh.keptn.api.service.Services;
import sh.keptn.api.stage.Stages;
import sh.keptn.core.git.Content;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ResourcePath;
import sh.keptn.core.model.Scope;
import sh.keptn.core.model.StageName;

/** The use cases of this server's own collections. */
public record ServerActions(
        Stages allStages, Services services, Secrets secrets, Subscriptions subscriptions, ResourceWriter resources)
        implements Actions {
    private static final Map<String, String> TRAILERS = Map.of("Keptn-Caller", "import");

    @Override
    public Object createService(ProjectName project, byte[] json) {
        services.create(project, ServiceRoom.name(json));
        return Map.of("message", "");
    }

    @Override
    public Object createSecret(byte[] json) {
        return secrets.create(json);
    }

    @Override
    public Object createSubscription(byte[] json) {
        return subscriptions.create(json);
    }

    @Override
    public Object writeResource(ProjectName project, Scope scope, ResourcePath path, Content content) {
        return resources.write(project, scope, path, content, TRAILERS);
    }

    @Override
    public List<StageName> stages(ProjectName project) {
        return allStages.of(allStages.project(project)).stream()
                .map(stage -> new StageName(stage.stageName()))
                .toList();
    }
}
