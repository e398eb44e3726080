package sh.keptn.api.secret;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;
import sh.keptn.crds.Labels;

/** Keptn's labels, by which its secret-service knew what is its own: the Secrets, Roles and RoleBindings of scopes. */
final class ScopeLabels {
    static final String MANAGER = "keptn-secret-service";
    static final String SCOPE = "app.kubernetes.io/scope";

    private ScopeLabels() {}

    static Map<String, String> of(Scope scope) {
        return Map.of(Labels.MANAGED_BY, MANAGER, SCOPE, scope.name());
    }

    /** The scope that the object was made for; empty for what is not ours. */
    static Optional<String> scope(HasMetadata object) {
        Map<String, String> labels =
                Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
        return MANAGER.equals(labels.get(Labels.MANAGED_BY))
                ? Optional.ofNullable(labels.get(SCOPE))
                : Optional.empty();
    }

    static boolean areOn(HasMetadata object, Scope scope) {
        return scope(object).filter(scope.name()::equals).isPresent();
    }
}
