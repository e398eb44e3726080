package sh.keptn.operator.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.Labels;

/**
 * Makes a rendered object ours: namespace, the three labels, the revision. What the cluster alone writes, such as the
 * UID or the status in a manifest that was exported from a cluster, is no wish and falls away. Pod templates stay as
 * they are, so that a new revision alone restarts nothing.
 */
final class Stamp {
    private static final String STATUS = "status";

    private Stamp() {}

    static GenericKubernetesResource on(
            GenericKubernetesResource object, ApiKind kind, Target target, String revision) {
        ObjectMeta given = object.getMetadata();
        Map<String, String> labels = new LinkedHashMap<>();
        if (given.getLabels() != null) {
            labels.putAll(given.getLabels());
        }
        labels.putIfAbsent(Labels.MANAGED_BY, Labels.MANAGED_BY_OPERATOR);
        labels.putAll(target.owner().labels());
        Map<String, String> annotations = new LinkedHashMap<>();
        if (given.getAnnotations() != null) {
            annotations.putAll(given.getAnnotations());
        }
        annotations.put(Annotations.REVISION, revision);
        GenericKubernetesResource stamped = new GenericKubernetesResource();
        stamped.setApiVersion(object.getApiVersion());
        stamped.setKind(object.getKind());
        stamped.setMetadata(new ObjectMetaBuilder()
                .withName(given.getName())
                .withNamespace(kind.namespaced() ? target.namespace() : null)
                .withLabels(labels)
                .withAnnotations(annotations)
                .withFinalizers(given.getFinalizers())
                .build());
        object.getAdditionalProperties().forEach((field, value) -> {
            if (!STATUS.equals(field)) {
                stamped.setAdditionalProperty(field, value);
            }
        });
        return stamped;
    }
}
