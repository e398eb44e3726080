package sh.keptn.api.imports;

import java.util.List;
import sh.keptn.core.git.Content;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ResourcePath;
import sh.keptn.core.model.Scope;
import sh.keptn.core.model.StageName;

/** What the tasks of a package can do, each as the REST operation of the same name does it and answers. */
public interface Actions {
    Object createService(ProjectName project, byte[] json);

    Object createSecret(byte[] json);

    Object createSubscription(byte[] json);

    Object writeResource(ProjectName project, Scope scope, ResourcePath path, Content content);

    /**
     * The project's stages in their order.
     *
     * @throws sh.keptn.core.error.KeptnException {@code NotFound} for the project
     */
    List<StageName> stages(ProjectName project);
}
