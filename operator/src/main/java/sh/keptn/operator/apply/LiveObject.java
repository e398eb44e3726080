package sh.keptn.operator.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Optional;
import sh.keptn.crds.Annotations;

/**
 * An object as it stood in the cluster at one moment, reduced to what is asked of it.
 *
 * @param digest of the fields that we applied, and their values
 * @param left whether its annotation asks that it is left alone
 * @param writer a manager of its fields, for a message
 * @param shape what health is told from
 */
record LiveObject(
        Optional<Owner> owner,
        String uid,
        String version,
        String digest,
        boolean left,
        boolean terminating,
        boolean holdsReplicas,
        String writer,
        GenericKubernetesResource shape) {

    static LiveObject of(GenericKubernetesResource full) {
        ObjectMeta metadata = full.getMetadata();
        return new LiveObject(
                Owner.of(full),
                metadata.getUid(),
                metadata.getResourceVersion(),
                OwnedFields.digest(full),
                metadata.getAnnotations() != null
                        && Annotations.RECONCILE_DISABLED.equals(
                                metadata.getAnnotations().get(Annotations.RECONCILE)),
                metadata.getDeletionTimestamp() != null,
                OwnedFields.holdReplicas(full),
                writer(metadata.getManagedFields()),
                Shape.of(full));
    }

    /** Whether this was seen later than the other. Versions grow, as Kubernetes promises since 1.35 and did before. */
    boolean newerThan(LiveObject other) {
        try {
            return Long.parseUnsignedLong(version) > Long.parseUnsignedLong(other.version);
        } catch (NumberFormatException e) {
            return !version.equals(other.version);
        }
    }

    /** Whether health could read something else from it than from the other. */
    boolean looksLike(LiveObject other) {
        return terminating == other.terminating
                && left == other.left
                && shape.getAdditionalProperties().equals(other.shape.getAdditionalProperties());
    }

    private static String writer(List<ManagedFieldsEntry> managed) {
        return managed == null || managed.isEmpty()
                ? "somebody"
                : managed.getFirst().getManager();
    }
}
