package sh.keptn.operator.health;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the cluster why a workload does not get there: its pods, or, where it has none, its last warning. */
final class Explanations {
    private static final Logger log = LoggerFactory.getLogger(Explanations.class);
    private static final Set<String> WITH_PODS = Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job");
    private static final ResourceDefinitionContext PODS = new ResourceDefinitionContext.Builder()
            .withVersion("v1")
            .withKind("Pod")
            .withPlural("pods")
            .withNamespaced(true)
            .build();
    private static final long MOST_PODS = 50;

    private final KubernetesClient client;

    Explanations(KubernetesClient client) {
        this.client = client;
    }

    /** What holds the object up, if it can be told. Never fails: an explanation is no fact that anything hangs on. */
    Optional<String> why(GenericKubernetesResource object) {
        if (!WITH_PODS.contains(object.getKind())) {
            return "PersistentVolumeClaim".equals(object.getKind()) ? lastEvent(object) : Optional.empty();
        }
        try {
            List<GenericKubernetesResource> pods = pods(object);
            return pods.isEmpty() ? lastEvent(object) : PodReasons.first(pods);
        } catch (KubernetesClientException e) {
            log.atDebug().setCause(e).log("pods not listed");
            return Optional.empty();
        }
    }

    private List<GenericKubernetesResource> pods(GenericKubernetesResource object) {
        Map<?, ?> selector = Fields.of(object).in("spec").in("selector").map();
        if (selector.isEmpty()) {
            return List.of();
        }
        return client
                .genericKubernetesResources(PODS)
                .inNamespace(object.getMetadata().getNamespace())
                .withLabelSelector(labels(selector))
                .list(new ListOptionsBuilder().withLimit(MOST_PODS).build())
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                // The newest first: those of the revision that is rolled out.
                .sorted(Comparator.comparing((GenericKubernetesResource pod) ->
                                pod.getMetadata().getCreationTimestamp())
                        .reversed())
                .toList();
    }

    private LabelSelector labels(Map<?, ?> selector) {
        return client.getKubernetesSerialization().convertValue(selector, LabelSelector.class);
    }

    /** The last warning of the API or a controller about an object: of a volume, or of pods that were refused. */
    private Optional<String> lastEvent(GenericKubernetesResource object) {
        try {
            Map<String, String> about = new LinkedHashMap<>();
            about.put("involvedObject.uid", object.getMetadata().getUid());
            return client
                    .v1()
                    .events()
                    .inNamespace(object.getMetadata().getNamespace())
                    .withFields(about)
                    .list()
                    .getItems()
                    .stream()
                    .filter(event ->
                            "Warning".equals(event.getType()) || "WaitForFirstConsumer".equals(event.getReason()))
                    .max(Comparator.comparing(Explanations::time))
                    .map(event -> event.getReason() + ": " + event.getMessage());
        } catch (KubernetesClientException e) {
            log.atDebug().setCause(e).log("events not listed");
            return Optional.empty();
        }
    }

    private static String time(Event event) {
        return Objects.requireNonNullElse(
                event.getLastTimestamp(),
                Objects.requireNonNullElse(event.getMetadata().getCreationTimestamp(), ""));
    }
}
