package sh.keptn.api.resource;

import java.util.Optional;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.Scope;
import sh.keptn.core.model.StageName;

/** Where resources are asked for: a project, and in it a scope. */
record Place(ProjectName project, Scope scope) {

    /** The stage, unless it is the project's own place. */
    Optional<StageName> stage() {
        return switch (scope) {
            case Scope.OfProject() -> Optional.empty();
            case Scope.OfStage(StageName stage) -> Optional.of(stage);
            case Scope.OfService(StageName stage, var _) -> Optional.of(stage);
        };
    }
}
