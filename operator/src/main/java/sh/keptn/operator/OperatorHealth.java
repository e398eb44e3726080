package sh.keptn.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.processing.Controller;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.operator.management.Check;
import sh.keptn.operator.management.SilenceWatch;

/** Whether the operator is alive and whether it works. */
final class OperatorHealth {
    private static final Logger log = LoggerFactory.getLogger(OperatorHealth.class);
    private static final Duration KINDS_RETRY = Duration.ofSeconds(2);

    private final Operator operator;
    private final KubernetesClient client;
    private final String namespace;
    private final List<SilenceWatch> watches = new ArrayList<>();
    private volatile boolean stopping;

    OperatorHealth(Operator operator, KubernetesClient client, String namespace) {
        this.operator = operator;
        this.client = client;
        this.namespace = namespace;
        operator.getRegisteredControllers().forEach(registered -> {
            if (registered instanceof Controller<?> controller) {
                watches.add(watch(controller));
            }
        });
    }

    /** Why the process should be restarted. */
    Optional<String> unwell() {
        if (stopping || !operator.getRuntimeInfo().isStarted()) {
            return Optional.empty();
        }
        var unhealthy = operator.getRuntimeInfo().unhealthyEventSources();
        if (unhealthy.values().stream().anyMatch(sources -> !sources.isEmpty())) {
            return Optional.of("unhealthy event sources: "
                    + unhealthy.entrySet().stream()
                            .filter(entry -> !entry.getValue().isEmpty())
                            .map(entry ->
                                    entry.getKey() + " " + entry.getValue().keySet())
                            .collect(Collectors.joining(", ")));
        }
        return watches.stream().map(Check::flaw).flatMap(Optional::stream).findFirst();
    }

    /** Why it does not work now. */
    Optional<String> unready() {
        if (stopping) {
            return Optional.of("stopping");
        }
        return operator.getRuntimeInfo().isStarted() ? Optional.empty() : Optional.of("starting");
    }

    void stopping() {
        stopping = true;
    }

    /** Returns once all kinds can be listed; until then says once what is missing. */
    void awaitKinds() {
        String said = "";
        while (!stopping) {
            Optional<String> flaw = kindsFlaw();
            if (flaw.isEmpty()) {
                return;
            }
            if (!flaw.get().equals(said)) {
                said = flaw.get();
                log.atWarn().addKeyValue("why", said).log("waiting for Keptn's kinds");
            }
            try {
                Thread.sleep(KINDS_RETRY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Looks for watches that went silent; to be called each minute or so. */
    void look() {
        try {
            watches.forEach(SilenceWatch::look);
        } catch (KubernetesClientException e) {
            log.atDebug().setCause(e).log("the API server was not there to compare with");
        }
    }

    private Optional<String> kindsFlaw() {
        try {
            client.resources(KeptnProject.class).inNamespace(namespace).list();
            client.resources(KeptnService.class).inNamespace(namespace).list();
            client.resources(KeptnServiceDeployment.class)
                    .inNamespace(namespace)
                    .list();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.of(
                    e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                            ? "the custom resource definitions keptnprojects.keptn.sh, keptnservices.keptn.sh and"
                                    + " keptnservicedeployments.keptn.sh in version v1alpha1 are not installed"
                            : "the Kubernetes API answers: " + e.getMessage());
        }
    }

    private <P extends HasMetadata> SilenceWatch watch(Controller<P> controller) {
        Class<P> kind = controller.getConfiguration().getResourceClass();
        return new SilenceWatch(
                HasMetadata.getPlural(kind),
                () -> versions(client.resources(kind).inNamespace(namespace).list().getItems().stream()),
                () -> versions(controller
                        .getEventSourceManager()
                        .getControllerEventSource()
                        .list(resource -> true)));
    }

    private static Map<String, String> versions(Stream<? extends HasMetadata> resources) {
        return resources.collect(Collectors.toMap(
                resource -> resource.getMetadata().getName(),
                resource -> resource.getMetadata().getResourceVersion()));
    }
}
