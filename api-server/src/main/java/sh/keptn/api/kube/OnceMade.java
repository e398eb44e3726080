package sh.keptn.api.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.IdempotencyKey;
import sh.keptn.crds.Annotations;

/**
 * By what a request that makes a resource is known if it comes again: digests of its key and of what it asks for, which
 * stand on the resource, so that they hold on every replica and after a restart.
 */
public record OnceMade(String key, String content) {
    /**
     * By a client's key.
     *
     * @param content what is asked for, without secrets
     */
    public static OnceMade of(String key, String content) {
        return new OnceMade(
                IdempotencyKey.of(key).digest(), IdempotencyKey.of(content).digest());
    }

    /** The annotation that a resource gets. */
    public Map<String, String> annotation() {
        return Map.of(Annotations.IDEMPOTENCY_KEY, key + "." + content);
    }

    /**
     * Whether the resource was made by the same request.
     *
     * @throws KeptnException {@code Denied} if it was made under the same key by another one
     */
    public boolean made(HasMetadata resource) {
        Optional<String> mark = Optional.ofNullable(resource.getMetadata().getAnnotations())
                .flatMap(annotations -> Optional.ofNullable(annotations.get(Annotations.IDEMPOTENCY_KEY)))
                .filter(text -> text.startsWith(key + "."));
        if (mark.isPresent() && !mark.get().equals(key + "." + content)) {
            throw new KeptnException(
                    new KeptnError.Denied("Idempotency-Key", "was used before for a request with another content"));
        }
        return mark.isPresent();
    }
}
