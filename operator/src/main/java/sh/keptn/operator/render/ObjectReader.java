package sh.keptn.operator.render;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.Printable;

/** Makes Kubernetes objects of documents, and refuses what is none, what has no name, and what stands there twice. */
final class ObjectReader {
    /** As many as an inventory holds. */
    static final int MAX_OBJECTS = 2_000;

    private static final int MAX_NAME = 253;

    private final KubernetesSerialization serialization;

    ObjectReader(KubernetesSerialization serialization) {
        this.serialization = serialization;
    }

    /**
     * The objects of documents in their order, lists unpacked.
     *
     * @param namespace where an object goes that names none
     */
    List<GenericKubernetesResource> objects(List<YamlDocument> documents, String namespace) {
        List<GenericKubernetesResource> objects = new ArrayList<>();
        Map<Identity, YamlDocument> seen = new HashMap<>();
        for (YamlDocument document : documents) {
            add(document, document.value(), namespace, objects, seen);
        }
        return objects;
    }

    private record Identity(String group, String kind, String namespace, String name) {}

    private void add(
            YamlDocument at,
            @Nullable Object value,
            String namespace,
            List<GenericKubernetesResource> objects,
            Map<Identity, YamlDocument> seen) {
        if (!(value instanceof Map<?, ?> map)) {
            throw at.refuse("is no Kubernetes object");
        }
        String apiVersion = text(at, map, "apiVersion");
        String kind = text(at, map, "kind");
        if (kind.endsWith("List") && map.get("items") instanceof List<?> items) {
            for (Object item : items) {
                add(at, item, namespace, objects, seen);
            }
            return;
        }
        GenericKubernetesResource object = object(at, map, apiVersion, kind);
        Identity identity = identity(object, namespace);
        YamlDocument before = seen.putIfAbsent(identity, at);
        if (before != null) {
            throw at.refuse(kind + " '" + Printable.of(identity.name()) + "' stands in " + before.file() + ", document "
                    + before.number() + ", already");
        }
        if (objects.size() == MAX_OBJECTS) {
            throw new KeptnException(new KeptnError.TooLarge("the number of objects", MAX_OBJECTS));
        }
        objects.add(object);
    }

    private GenericKubernetesResource object(YamlDocument at, Map<?, ?> map, String apiVersion, String kind) {
        if (apiVersion.startsWith("kustomize.config.k8s.io/")) {
            throw at.refuse("a kustomization is not built here; put what it builds into the folder");
        }
        if (!(map.get("metadata") instanceof Map<?, ?> metadata)) {
            throw at.refuse(kind + " has no metadata");
        }
        if (metadata.get("name") == null && metadata.get("generateName") != null) {
            throw at.refuse(kind + " has metadata.generateName, which would make another object each time; name it");
        }
        if (!(metadata.get("name") instanceof String name)) {
            throw at.refuse(kind + " has no metadata.name that is text");
        }
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw at.refuse(kind + " has a metadata.name that is empty or longer than " + MAX_NAME + " characters");
        }
        if (metadata.get("namespace") != null && !(metadata.get("namespace") instanceof String)) {
            throw at.refuse(kind + " '" + Printable.of(name) + "' has a metadata.namespace that is no text");
        }
        requireTexts(at, kind, name, metadata, "labels");
        requireTexts(at, kind, name, metadata, "annotations");
        try {
            GenericKubernetesResource object = serialization.convertValue(map, GenericKubernetesResource.class);
            object.setApiVersion(apiVersion);
            object.setKind(kind);
            return object;
        } catch (IllegalArgumentException e) {
            throw new KeptnException(
                    at.refuse(kind + " '" + Printable.of(name) + "' has metadata that Kubernetes does not know")
                            .error(),
                    e);
        }
    }

    private static Identity identity(GenericKubernetesResource object, String namespace) {
        String apiVersion = object.getApiVersion();
        String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        String own = object.getMetadata().getNamespace();
        return new Identity(
                group,
                object.getKind(),
                own == null || own.isEmpty() ? namespace : own,
                object.getMetadata().getName());
    }

    private static String text(YamlDocument at, Map<?, ?> map, String key) {
        if (map.get(key) instanceof String text && !text.isBlank() && text.length() <= MAX_NAME) {
            return text;
        }
        throw at.refuse("is no Kubernetes object: it has no " + key);
    }

    private static void requireTexts(YamlDocument at, String kind, String name, Map<?, ?> metadata, String field) {
        Object value = metadata.get(field);
        if (value == null) {
            return;
        }
        boolean texts = value instanceof Map<?, ?> map
                && map.values().stream().allMatch(each -> each == null || each instanceof String);
        if (!texts) {
            throw at.refuse(kind + " '" + Printable.of(name) + "' has metadata." + field
                    + " with a value that is no text; put it in quotes");
        }
    }
}
