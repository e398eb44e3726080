package sh.keptn.operator.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an informer itself needs to know of its objects, and no more: their names and versions. */
final class Skeletons implements ItemStore<GenericKubernetesResource> {
    private final Map<String, GenericKubernetesResource> kept = new ConcurrentHashMap<>();

    @Override
    public String getKey(GenericKubernetesResource object) {
        return Cache.metaNamespaceKeyFunc(object);
    }

    @Override
    public @Nullable GenericKubernetesResource put(String key, GenericKubernetesResource object) {
        return kept.put(key, skeleton(object));
    }

    @Override
    public @Nullable GenericKubernetesResource remove(String key) {
        return kept.remove(key);
    }

    @Override
    public Stream<String> keySet() {
        return kept.keySet().stream();
    }

    @Override
    public Stream<GenericKubernetesResource> values() {
        return kept.values().stream();
    }

    @Override
    public @Nullable GenericKubernetesResource get(String key) {
        return kept.get(key);
    }

    @Override
    public int size() {
        return kept.size();
    }

    @Override
    public boolean isFullState() {
        return false;
    }

    private static GenericKubernetesResource skeleton(GenericKubernetesResource object) {
        GenericKubernetesResource skeleton = new GenericKubernetesResource();
        skeleton.setApiVersion(object.getApiVersion());
        skeleton.setKind(object.getKind());
        skeleton.setMetadata(new ObjectMetaBuilder()
                .withNamespace(object.getMetadata().getNamespace())
                .withName(object.getMetadata().getName())
                .withUid(object.getMetadata().getUid())
                .withResourceVersion(object.getMetadata().getResourceVersion())
                .build());
        return skeleton;
    }
}
