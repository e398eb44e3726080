package sh.keptn.operator.render;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import sh.keptn.core.error.KeptnException;
import sh.keptn.crds.deployment.Engine;
import sh.keptn.operator.render.helm.HelmEngine;

/** Takes the first source that a folder uses, or the one that is asked for. */
final class FolderRenderer implements Renderer {
    private final List<Source> sources;
    private final HelmEngine helm;

    /**
     * @param sources in the order in which they are looked for
     */
    FolderRenderer(List<Source> sources, HelmEngine helm) {
        this.sources = List.copyOf(sources);
        this.helm = helm;
    }

    @Override
    public Rendering render(RenderRequest request) {
        return switch (request.source()) {
            case Auto -> first(request);
            case Helm -> only(Engine.Helm, request);
            case Manifests -> only(Engine.Manifests, request);
            case Generated -> only(Engine.Generated, request);
        };
    }

    private Rendering first(RenderRequest request) {
        for (Source source : sources) {
            Optional<List<GenericKubernetesResource>> objects = source.objects(request);
            if (objects.isPresent()) {
                return rendering(source, objects.get(), request);
            }
        }
        String places =
                sources.stream().map(source -> source.lookedFor(request)).collect(Collectors.joining(", nor "));
        return new Rendering.Nothing("the folder holds neither " + places);
    }

    private Rendering only(Engine engine, RenderRequest request) {
        Source source = sources.stream()
                .filter(each -> each.engine() == engine)
                .findFirst()
                .orElseThrow();
        List<GenericKubernetesResource> objects = source.objects(request)
                .orElseThrow(() -> KeptnException.invalid(
                        "spec.source", "is " + engine + ", but the folder does not hold " + source.lookedFor(request)));
        return rendering(source, objects, request);
    }

    private static Rendering rendering(Source source, List<GenericKubernetesResource> objects, RenderRequest request) {
        return objects.isEmpty()
                ? new Rendering.Nothing(source.lookedFor(request) + " is there, and asks for no object")
                : new Rendering.Objects(source.engine(), objects);
    }

    @Override
    public void close() {
        helm.close();
    }
}
