package sh.keptn.operator.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.autoscaling.v2.CrossVersionObjectReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Leaves the number of replicas to a HorizontalPodAutoscaler. The first apply sets it; from then on it is the
 * autoscaler's. Leaving the field out is not enough while we are the only one who ever wrote it: the API server would
 * take it away and fall back to one. Then it is written as it stands.
 */
final class Replicas {
    private static final Set<String> SCALED = Set.of("Deployment", "StatefulSet", "ReplicaSet");
    private static final String AUTOSCALER = "HorizontalPodAutoscaler";
    private static final String SPEC = "spec";
    private static final String REPLICAS = "replicas";

    private final KubernetesClient client;

    Replicas(KubernetesClient client) {
        this.client = client;
    }

    /** The object as it should be applied over what is there. */
    Prepared over(LiveObject live, Prepared wanted, List<Prepared> all) {
        Map<?, ?> spec = spec(wanted.object());
        Object there = spec(live.shape()).get(REPLICAS);
        if (!SCALED.contains(wanted.kind().kind())
                || spec.get(REPLICAS) == null
                || there == null
                || (Objects.equals(spec.get(REPLICAS), there) && live.holdsReplicas())
                || !scaled(wanted, all)) {
            return wanted;
        }
        return with(wanted, live.holdsReplicas() ? there : null);
    }

    private boolean scaled(Prepared wanted, List<Prepared> all) {
        String kind = wanted.kind().kind();
        String name = wanted.object().getMetadata().getName();
        boolean rendered = all.stream()
                .filter(object -> AUTOSCALER.equals(object.kind().kind()))
                .map(object -> spec(object.object()).get("scaleTargetRef"))
                .anyMatch(target -> target instanceof Map<?, ?> reference
                        && kind.equals(reference.get("kind"))
                        && name.equals(reference.get("name")));
        return rendered
                || client
                        .autoscaling()
                        .v2()
                        .horizontalPodAutoscalers()
                        .inNamespace(wanted.object().getMetadata().getNamespace())
                        .list()
                        .getItems()
                        .stream()
                        .anyMatch(autoscaler -> {
                            CrossVersionObjectReference target =
                                    autoscaler.getSpec().getScaleTargetRef();
                            return kind.equals(target.getKind()) && name.equals(target.getName());
                        });
    }

    private static Prepared with(Prepared wanted, @Nullable Object replicas) {
        Map<Object, @Nullable Object> spec = new LinkedHashMap<>(spec(wanted.object()));
        if (replicas == null) {
            spec.remove(REPLICAS);
        } else {
            spec.put(REPLICAS, replicas);
        }
        GenericKubernetesResource copy = new GenericKubernetesResource();
        copy.setApiVersion(wanted.object().getApiVersion());
        copy.setKind(wanted.object().getKind());
        copy.setMetadata(wanted.object().getMetadata());
        copy.setAdditionalProperties(new LinkedHashMap<>(wanted.object().getAdditionalProperties()));
        copy.setAdditionalProperty(SPEC, spec);
        return new Prepared(wanted.kind(), copy);
    }

    private static Map<?, ?> spec(GenericKubernetesResource object) {
        return object.getAdditionalProperties().get(SPEC) instanceof Map<?, ?> spec ? spec : Map.of();
    }
}
