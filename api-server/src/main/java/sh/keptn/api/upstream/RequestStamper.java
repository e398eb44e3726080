package sh.keptn.api.upstream;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.api.kube.Cluster;
import sh.keptn.core.model.ProjectName;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.project.KeptnProject;

/**
 * Tells the operator that there is something new in Git, by an annotation. Beside the answer, never before it; at most
 * five times a second for one project, however many writes there are; and a stamp that fails is only logged, because the
 * operator looks by itself each interval.
 */
public final class RequestStamper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RequestStamper.class);
    private static final Duration APART = Duration.ofMillis(200);
    private static final int FORGET_ABOVE = 10_000;

    private final Cluster cluster;
    private final Clock clock;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("request-stamper").factory());
    private final Set<ProjectName> pending = new HashSet<>();
    private final Map<ProjectName, Instant> last = new HashMap<>();

    public RequestStamper(Cluster cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /** Asks for a stamp soon and returns at once. */
    // The future says nothing: a failed stamp is logged where it fails.
    @SuppressWarnings("FutureReturnValueIgnored")
    public synchronized void stamp(ProjectName project) {
        if (executor.isShutdown() || !pending.add(project)) {
            return;
        }
        Instant now = clock.instant();
        Instant due = last.getOrDefault(project, Instant.EPOCH).plus(APART);
        long wait = Math.max(0, Duration.between(now, due).toMillis());
        executor.schedule(() -> write(project), wait, TimeUnit.MILLISECONDS);
    }

    private void write(ProjectName project) {
        Instant now = clock.instant();
        synchronized (this) {
            pending.remove(project);
            if (last.size() > FORGET_ABOVE) {
                last.clear();
            }
            last.put(project, now);
        }
        try {
            cluster.client()
                    .resources(KeptnProject.class)
                    .inNamespace(cluster.namespace())
                    .withName(project.value())
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"metadata\":{\"annotations\":{\"" + Annotations.REQUESTED_AT + "\":\"" + now + "\"}}}");
        } catch (KubernetesClientException e) {
            log.atWarn().addKeyValue("project", project).setCause(e).log("request stamp failed; polling will do");
        }
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
