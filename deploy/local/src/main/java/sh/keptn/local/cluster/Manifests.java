package sh.keptn.local.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads resources from YAML files, and from the YAML files of folders in the order of their names. */
final class Manifests {

    private Manifests() {}

    static List<HasMetadata> read(KubernetesClient client, List<Path> paths) throws IOException {
        List<HasMetadata> resources = new ArrayList<>();
        for (Path path : paths) {
            for (Path file : files(path)) {
                try (InputStream yaml = Files.newInputStream(file)) {
                    resources.addAll(client.load(yaml).items());
                }
            }
        }
        return List.copyOf(resources);
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(entry -> entry.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .toList();
        }
    }
}
