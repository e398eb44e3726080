package sh.keptn.api.service;

import java.util.List;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.StageName;

/** The services on a stage, by name; {@code NotFound} for a project or stage that is not there. */
@FunctionalInterface
public interface ServicesOnStage {
    List<ServiceView> of(ProjectName project, StageName stage);
}
