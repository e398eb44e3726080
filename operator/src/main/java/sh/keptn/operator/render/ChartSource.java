package sh.keptn.operator.render;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sh.keptn.core.git.Content;
import sh.keptn.crds.deployment.Engine;
import sh.keptn.operator.render.helm.Chart;
import sh.keptn.operator.render.helm.HelmEngine;

/**
 * A chart: its own values, then the folder's {@code values.yaml}, then Keptn's. Its hooks are left out; what stands in
 * its {@code crds/} is taken as it stands.
 */
final class ChartSource implements Source {
    private static final String CHART_FILE = "Chart.yaml";
    private static final String VALUES_FILE = "values.yaml";
    private static final Pattern NEXT_FILE = Pattern.compile("(?m)^---[ \\t]*\\R# Source: (\\S+)[ \\t]*$");

    private final HelmEngine helm;
    private final Supplier<String> kubernetesVersion;
    private final ObjectReader objects;
    private final ChartFiles files = new ChartFiles();

    ChartSource(HelmEngine helm, Supplier<String> kubernetesVersion, ObjectReader objects) {
        this.helm = helm;
        this.kubernetesVersion = kubernetesVersion;
        this.objects = objects;
    }

    @Override
    public Engine engine() {
        return Engine.Helm;
    }

    @Override
    public Optional<List<GenericKubernetesResource>> objects(RenderRequest request) {
        String folder = folder(request);
        FolderContent chart = request.folder().below(folder);
        if (chart.file(CHART_FILE).isEmpty()) {
            return Optional.empty();
        }
        SortedMap<String, Content> prepared = files.prepare(folder, chart.files());
        String manifests = helm.template(new Chart(
                folder,
                ResourceNames.release(request),
                request.namespace(),
                kubernetesVersion.get(),
                prepared,
                values(request)));
        YamlReader reader = new YamlReader();
        List<YamlDocument> documents = new ArrayList<>();
        prepared.forEach((path, content) -> {
            if (path.startsWith("crds/") && ManifestSource.isManifest(path)) {
                documents.addAll(reader.read(folder + "/" + path, content));
            }
        });
        documents.addAll(documents(reader, folder, manifests));
        return Optional.of(objects.objects(documents, request.namespace()));
    }

    @Override
    public String lookedFor(RenderRequest request) {
        return "a chart (" + folder(request) + "/" + CHART_FILE + ")";
    }

    private static String folder(RenderRequest request) {
        return request.path().orElse("helm/" + request.service());
    }

    private static List<Content> values(RenderRequest request) {
        List<Content> values = new ArrayList<>();
        request.folder().file(VALUES_FILE).ifPresent(values::add);
        // Names need no escaping: none of them can hold a quote.
        values.add(Content.ofText("""
                {"keptn": {"project": "%s", "stage": "%s", "service": "%s", "deployment": "direct"}}
                """.formatted(request.project(), request.stage(), request.service())));
        return values;
    }

    /** The documents, each called by the chart's file that it comes from. */
    private static List<YamlDocument> documents(YamlReader reader, String folder, String manifests) {
        List<YamlDocument> documents = new ArrayList<>();
        Matcher next = NEXT_FILE.matcher(manifests);
        String file = folder;
        int start = 0;
        while (next.find()) {
            documents.addAll(reader.readYaml(file, manifests.substring(start, next.start())));
            // Helm names files by the chart's name first; ours go by its folder.
            file = folder + next.group(1).substring(Math.max(0, next.group(1).indexOf('/')));
            start = next.start();
        }
        documents.addAll(reader.readYaml(file, manifests.substring(start)));
        return documents;
    }
}
