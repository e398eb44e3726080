package sh.keptn.operator.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.crds.Labels;
import sh.keptn.crds.deployment.InventoryEntry;

/**
 * What the deployed objects look like now, by watches on the usual kinds: asking costs no request. It knows the answers
 * to our own applies at once, so that nothing older than what we wrote is ever read.
 *
 * <p>Secrets and kinds that are not watched are looked at when they are applied again, at the calm interval. After a
 * restart an object counts as applied as it is found, until it is applied again.
 */
public final class DeployedObjects implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DeployedObjects.class);
    private static final List<ApiKind> WATCHED = List.of(
            new ApiKind("apps", "v1", "Deployment", "deployments", true),
            new ApiKind("apps", "v1", "StatefulSet", "statefulsets", true),
            new ApiKind("apps", "v1", "DaemonSet", "daemonsets", true),
            new ApiKind("apps", "v1", "ReplicaSet", "replicasets", true),
            new ApiKind("batch", "v1", "Job", "jobs", true),
            new ApiKind("batch", "v1", "CronJob", "cronjobs", true),
            new ApiKind("", "v1", "Service", "services", true),
            new ApiKind("", "v1", "ConfigMap", "configmaps", true),
            new ApiKind("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", true),
            new ApiKind("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", true),
            new ApiKind("networking.k8s.io", "v1", "Ingress", "ingresses", true));
    private static final long PAGE = 500;

    private final KubernetesClient client;
    private final Map<ObjectName, LiveObject> objects = new ConcurrentHashMap<>();
    private final Map<ObjectName, String> applied = new ConcurrentHashMap<>();
    private final List<Consumer<Owner>> listeners = new CopyOnWriteArrayList<>();
    private final List<SharedIndexInformer<GenericKubernetesResource>> informers = new CopyOnWriteArrayList<>();

    public DeployedObjects(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Begins to watch; from then on the listener hears whose objects changed in a way that a pass should look at. It is
     * called on the watch's own thread and must only take note.
     */
    public void start(Consumer<Owner> listener) {
        listeners.add(listener);
        for (ApiKind kind : WATCHED) {
            SharedIndexInformer<GenericKubernetesResource> informer = client.genericKubernetesResources(kind.context())
                    .inAnyNamespace()
                    .withLabel(Labels.SERVICE)
                    .withLimit(PAGE)
                    .runnableInformer(0)
                    .itemStore(new Skeletons())
                    .exceptionHandler((began, fault) -> {
                        log.atWarn()
                                .addKeyValue("kind", kind.qualified())
                                .setCause(fault)
                                .log("watch broke; again");
                        return true;
                    })
                    .addEventHandler(new Watcher());
            informers.add(informer);
            informer.start();
        }
    }

    /** Whether every watch has told what there is. */
    public boolean ready() {
        return !informers.isEmpty() && informers.stream().allMatch(SharedIndexInformer::hasSynced);
    }

    /** Those of the inventory that are deleted, or changed by somebody else since they were applied. */
    public List<InventoryEntry> drifted(Collection<InventoryEntry> inventory) {
        if (!ready()) {
            return List.of();
        }
        return inventory.stream().filter(entry -> drifted(ObjectName.of(entry))).toList();
    }

    /** Whether objects of an entry's kind are watched. */
    public boolean watches(InventoryEntry entry) {
        return watched(ObjectName.of(entry));
    }

    /** The object as it is now, reduced to what health and drift need; empty if absent or of a kind not watched. */
    public Optional<GenericKubernetesResource> live(InventoryEntry entry) {
        return known(ObjectName.of(entry)).map(LiveObject::shape);
    }

    /** The object as it is now, if it is there and watched. */
    Optional<LiveObject> known(ObjectName name) {
        return Optional.ofNullable(objects.get(name));
    }

    /** Takes note that an object is about to be written by us: what the watch tells first is no drift. */
    void writing(ObjectName name) {
        applied.remove(name);
    }

    /** Takes note of what the API server answered to an apply. */
    LiveObject applied(GenericKubernetesResource answer) {
        ObjectName name = ObjectName.of(answer);
        LiveObject now = LiveObject.of(answer);
        if (watched(name)) {
            applied.put(name, now.digest());
            LiveObject newest = objects.merge(name, now, (before, after) -> before.newerThan(after) ? before : after);
            if (changed(name, newest)) {
                now.owner().ifPresent(this::wake);
            }
        }
        return now;
    }

    /** Drops what turned out to be old. */
    void forget(ObjectName name) {
        objects.remove(name);
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
    }

    private void wake(Owner owner) {
        listeners.forEach(listener -> listener.accept(owner));
    }

    private boolean drifted(ObjectName name) {
        if (!watched(name)) {
            return false;
        }
        LiveObject now = objects.get(name);
        return now == null || changed(name, now);
    }

    private boolean changed(ObjectName name, LiveObject now) {
        String digest = applied.get(name);
        return digest != null && !digest.equals(now.digest()) && !now.left();
    }

    private static boolean watched(ObjectName name) {
        return WATCHED.stream()
                .anyMatch(
                        kind -> kind.group().equals(name.group()) && kind.kind().equals(name.kind()));
    }

    /** Keeps what a watch tells, and wakes the listener where it matters. */
    private final class Watcher implements ResourceEventHandler<GenericKubernetesResource> {
        @Override
        public void onAdd(GenericKubernetesResource object) {
            seen(object);
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource object) {
            seen(object);
        }

        @Override
        public void onDelete(GenericKubernetesResource object, boolean lastStateUnknown) {
            ObjectName name = ObjectName.of(object);
            List<LiveObject> gone = new ArrayList<>(1);
            objects.computeIfPresent(name, (key, known) -> {
                boolean later = !lastStateUnknown && known.newerThan(LiveObject.of(object));
                if (later) {
                    return known;
                }
                gone.add(known);
                return null;
            });
            // An end by our own hand wakes as well: somebody may wait for it.
            if (!gone.isEmpty()) {
                applied.remove(name);
            }
            gone.forEach(known -> known.owner().ifPresent(DeployedObjects.this::wake));
        }

        private void seen(GenericKubernetesResource object) {
            ObjectName name = ObjectName.of(object);
            LiveObject now = LiveObject.of(object);
            List<LiveObject> replaced = new ArrayList<>(1);
            objects.compute(name, (key, known) -> {
                if (known != null && !now.newerThan(known)) {
                    return known;
                }
                if (known != null) {
                    replaced.add(known);
                }
                return now;
            });
            boolean asks = replaced.stream().anyMatch(known -> !now.looksLike(known) || changed(name, now));
            if (asks) {
                now.owner().ifPresent(DeployedObjects.this::wake);
            }
        }
    }
}
