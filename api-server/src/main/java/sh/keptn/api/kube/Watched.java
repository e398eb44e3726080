package sh.keptn.api.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/**
 * One kind of resource in one namespace, kept up to date by a watch that is taken up again for as long as the process
 * lives. What it gives are the cache's own objects: they are read and never changed.
 */
public final class Watched<T extends HasMetadata> implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Watched.class);
    private static final Duration SOON = Duration.ofSeconds(5);

    private final NonNamespaceOperation<T, ?, ? extends Resource<T>> resources;
    private final SharedIndexInformer<T> informer;
    private final String keyPrefix;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    Watched(
            String namespace,
            NonNamespaceOperation<T, ?, ? extends Resource<T>> resources,
            SharedIndexInformer<T> informer) {
        this.keyPrefix = namespace + "/";
        this.resources = resources;
        this.informer = informer;
        informer.addEventHandler(new Waker());
        informer.exceptionHandler((_, cause) -> {
            log.atWarn()
                    .addKeyValue("kind", informer.getApiTypeClass().getSimpleName())
                    .setCause(cause)
                    .log("watch broke and is taken up again");
            return true;
        });
        informer.start();
    }

    /** Whether the cache was filled once and is being followed. */
    public boolean isCurrent() {
        return informer.hasSynced() && informer.isWatching();
    }

    /** What the watch has seen, without a request. */
    public Optional<T> cached(String name) {
        return Optional.ofNullable(informer.getStore().getByKey(keyPrefix + name));
    }

    /** The resource: from the cache, and on a miss by one live look, so that no replica denies what another just made. */
    public Optional<T> get(String name) {
        Optional<T> cached = cached(name);
        return cached.isPresent() ? cached : live(name);
    }

    /** The resource as it is now, by a request. */
    public Optional<T> live(String name) {
        try {
            return Optional.ofNullable(resources.withName(name).get());
        } catch (KubernetesClientException e) {
            throw unavailable(e);
        }
    }

    /** Everything that the watch has seen. */
    public List<T> list() {
        return List.copyOf(informer.getStore().list());
    }

    /**
     * Waits until the cached resource (empty: it is gone) fulfils the condition.
     *
     * @return whether it did before the time was over
     */
    public boolean await(String name, Duration atMost, Predicate<Optional<T>> condition) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!condition.test(cached(name))) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Tells of every change that the watch sees from now on, and first of everything that is there. */
    public void follow(Follower<? super T> follower) {
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(T added) {
                follower.changed();
            }

            @Override
            public void onUpdate(T before, T after) {
                follower.changed();
            }

            @Override
            public void onDelete(T deleted, boolean finalStateUnknown) {
                follower.gone(deleted);
            }
        });
    }

    /** Hears of changes; answers quickly, for it holds up the others. */
    public interface Follower<T> {
        /** Something is new or other than before. */
        void changed();

        /** The resource is gone; this is how it was last seen. */
        void gone(T last);
    }

    /** Waits until the resource is gone, there and from the cache; false if it is not by then. */
    public boolean awaitGone(String name, Deadline deadline) {
        try {
            resources
                    .withName(name)
                    .waitUntilCondition(Objects::isNull, deadline.left().toMillis() + 1, TimeUnit.MILLISECONDS);
        } catch (KubernetesClientTimeoutException e) {
            return false;
        } catch (KubernetesClientException e) {
            throw unavailable(e);
        }
        return await(name, deadline.left(), Optional::isEmpty);
    }

    /** The one answer for a Kubernetes API that cannot be asked. */
    public static KeptnException unavailable(KubernetesClientException cause) {
        return new KeptnException(
                new KeptnError.Unavailable("the Kubernetes API does not answer as expected", SOON), cause);
    }

    @Override
    public void close() {
        informer.stop();
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private final class Waker implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T added) {
            wake();
        }

        @Override
        public void onUpdate(T before, T after) {
            wake();
        }

        @Override
        public void onDelete(T deleted, boolean finalStateUnknown) {
            wake();
        }
    }
}
