package sh.keptn.operator.render;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import sh.keptn.core.git.Content;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.StageName;
import sh.keptn.crds.service.ServiceSource;

/** Folders of the service carts on the stage dev of the project sockshop, and requests for them. */
final class Folders {
    private Folders() {}

    static RenderRequest request(FolderContent folder) {
        return request(ServiceSource.Auto, Optional.empty(), folder);
    }

    static RenderRequest request(ServiceSource source, Optional<String> path, FolderContent folder) {
        return new RenderRequest(
                new ProjectName("sockshop"),
                new StageName("dev"),
                new ServiceName("carts"),
                "sockshop-dev",
                source,
                path,
                folder);
    }

    /** Files of text, as name, text, name, text. */
    static FolderContent of(String... namesAndTexts) {
        Map<String, Content> files = new TreeMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            files.put(namesAndTexts[i], Content.ofText(namesAndTexts[i + 1]));
        }
        return FolderContent.of(files);
    }

    /** A chart with one template, in {@code helm/carts}. */
    static FolderContent chart(String template) {
        return of(
                "helm/carts/Chart.yaml",
                "apiVersion: v2\nname: carts\nversion: 1.0.0\n",
                "helm/carts/templates/all.yaml",
                template);
    }

    static FolderContent load(Path folder) {
        Map<String, Content> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Content.of(Files.readAllBytes(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return FolderContent.of(files);
    }
}
