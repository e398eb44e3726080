package sh.keptn.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.service.KeptnService;

/** The YAML in this module's folder is what the records say; with {@code -Dcrds.update=true} it is written anew. */
class CrdYamlTest {

    @ParameterizedTest
    @ValueSource(classes = {KeptnProject.class, KeptnService.class, KeptnServiceDeployment.class})
    void theYamlIsWhatTheRecordsSay(Class<? extends CustomResource<?, ?>> kind) throws IOException {
        Path file = Path.of(CustomResource.getCRDName(kind) + ".yml");
        String generated = CrdYaml.of(kind);
        if (Boolean.getBoolean("crds.update")) {
            Files.writeString(file, generated);
        }

        assertThat(file)
                .as("run ./mvnw -pl crds test -Dcrds.update=true and review the change")
                .hasContent(generated);
    }

    @ParameterizedTest
    @ValueSource(classes = {KeptnProject.class, KeptnService.class, KeptnServiceDeployment.class})
    void everyFieldIsDescribedAndEveryStringAndListIsBounded(Class<? extends CustomResource<?, ?>> kind) {
        var crd = Serialization.unmarshal(CrdYaml.of(kind), CustomResourceDefinition.class);
        List<String> flaws = new ArrayList<>();

        crd.getSpec()
                .getVersions()
                .getFirst()
                .getSchema()
                .getOpenAPIV3Schema()
                .getProperties()
                .forEach((name, schema) -> {
                    if (name.equals("spec") || name.equals("status")) {
                        inspect(name, schema, flaws);
                    }
                });

        assertThat(flaws).isEmpty();
    }

    private static void inspect(String path, JSONSchemaProps schema, List<String> flaws) {
        boolean named = path.contains(".") && !path.endsWith("[]");
        if (named && schema.getDescription() == null) {
            flaws.add(path + " has no description");
        }
        boolean bounded = schema.getMaxLength() != null || schema.getEnum() != null || schema.getFormat() != null;
        if ("string".equals(schema.getType()) && !bounded) {
            flaws.add(path + " has no maxLength");
        }
        if ("array".equals(schema.getType()) && schema.getMaxItems() == null) {
            flaws.add(path + " has no maxItems");
        }
        Optional.ofNullable(schema.getProperties())
                .ifPresent(properties ->
                        properties.forEach((name, property) -> inspect(path + "." + name, property, flaws)));
        Optional.ofNullable(schema.getItems()).ifPresent(items -> inspect(path + "[]", items.getSchema(), flaws));
    }
}
