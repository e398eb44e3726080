package sh.keptn.operator.render;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sh.keptn.core.git.Content;
import sh.keptn.crds.deployment.Engine;

/** A {@code values.yaml} with an image: one Deployment and one Service from the built-in template. */
final class TemplateSource implements Source {
    private static final String FILE = "values.yaml";

    private final ObjectReader objects;

    TemplateSource(ObjectReader objects) {
        this.objects = objects;
    }

    @Override
    public Engine engine() {
        return Engine.Generated;
    }

    @Override
    public Optional<List<GenericKubernetesResource>> objects(RenderRequest request) {
        Optional<Content> file = request.folder().file(FILE);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        List<YamlDocument> documents = new YamlReader().read(FILE, file.get());
        if (documents.size() != 1
                || !(documents.getFirst().value() instanceof Map<?, ?> map)
                || !map.containsKey("image")) {
            return Optional.empty();
        }
        YamlDocument document = documents.getFirst();
        BuiltInTemplate template = new BuiltInTemplate(request, new TemplateValues(document, map));
        List<YamlDocument> made = template.objects().stream()
                .map(object -> new YamlDocument(FILE, document.number(), document.line(), object))
                .toList();
        return Optional.of(objects.objects(made, request.namespace()));
    }

    @Override
    public String lookedFor(RenderRequest request) {
        return "a values.yaml with an image";
    }
}
