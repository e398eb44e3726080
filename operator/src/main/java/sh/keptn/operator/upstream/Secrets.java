package sh.keptn.operator.upstream;

import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;

/** Where Secrets are looked up. */
@FunctionalInterface
public interface Secrets {
    /** The Secret as it stands now, empty if there is none. */
    Optional<Secret> find(String namespace, String name);
}
