package sh.keptn.operator.render;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.Content;
import sh.keptn.crds.deployment.Engine;

/** Manifests as they stand: every YAML and JSON file below a folder, but those whose path has a part with a dot first. */
final class ManifestSource implements Source {
    private static final List<String> FOLDERS = List.of("manifests", "k8s");
    private static final long MAX_BYTES = 16L << 20;

    private final ObjectReader objects;

    ManifestSource(ObjectReader objects) {
        this.objects = objects;
    }

    @Override
    public Engine engine() {
        return Engine.Manifests;
    }

    @Override
    public Optional<List<GenericKubernetesResource>> objects(RenderRequest request) {
        return folders(request).stream()
                .map(folder -> manifests(request.folder(), folder))
                .filter(files -> !files.isEmpty())
                .findFirst()
                .map(files -> objects.objects(documents(files), request.namespace()));
    }

    @Override
    public String lookedFor(RenderRequest request) {
        return "YAML or JSON files in " + String.join("/ or ", folders(request)) + "/";
    }

    private static List<String> folders(RenderRequest request) {
        return request.path().map(List::of).orElse(FOLDERS);
    }

    private static SortedMap<String, Content> manifests(FolderContent content, String folder) {
        SortedMap<String, Content> found = new TreeMap<>();
        content.below(folder).files().forEach((path, file) -> {
            if (isManifest(path)) {
                found.put(folder + "/" + path, file);
            }
        });
        return found;
    }

    /** Whether a file below a folder of manifests is one. */
    static boolean isManifest(String path) {
        boolean hidden = path.startsWith(".") || path.contains("/.");
        return !hidden && (path.endsWith(".yaml") || path.endsWith(".yml") || path.endsWith(".json"));
    }

    private static List<YamlDocument> documents(SortedMap<String, Content> files) {
        long bytes = files.values().stream().mapToLong(Content::size).sum();
        if (bytes > MAX_BYTES) {
            throw new KeptnException(new KeptnError.TooLarge("the size of all manifests", MAX_BYTES));
        }
        YamlReader reader = new YamlReader();
        List<YamlDocument> documents = new ArrayList<>();
        for (Map.Entry<String, Content> file : files.entrySet()) {
            documents.addAll(reader.read(file.getKey(), file.getValue()));
        }
        return documents;
    }
}
