package sh.keptn.crds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes the YAML of a kind from its records. The generator does most of it; what it cannot say is added here: columns in
 * the order in which they are declared, lists that are maps by a key, the required fields of a condition, that there must be a spec, the category.
 */
final class CrdYaml {
    private static final String HEADER = "# Made from the records in src/main/java; do not edit."
            + " ./mvnw -pl crds test -Dcrds.update=true writes it anew.\n";

    private CrdYaml() {}

    static String of(Class<? extends CustomResource<?, ?>> kind) {
        CustomResourceDefinition crd = generate(kind);
        crd.getMetadata().setAnnotations(null);
        crd.getSpec().getNames().setCategories(List.of("keptn"));
        for (CustomResourceDefinitionVersion version : crd.getSpec().getVersions()) {
            version.getAdditionalPrinterColumns().sort(declaredOrder(kind));
            version.getSchema().getOpenAPIV3Schema().setRequired(List.of("spec"));
            complete(version.getSchema().getOpenAPIV3Schema());
        }
        return HEADER + Serialization.asYaml(crd);
    }

    private static CustomResourceDefinition generate(Class<? extends CustomResource<?, ?>> kind) {
        var yaml = new ByteArrayOutputStream();
        new CRDGenerator()
                .customResourceClasses(List.of(kind))
                .forCRDVersions("v1")
                .withOutput(new SingleOutput(yaml))
                .generate();
        return Serialization.unmarshal(yaml.toString(StandardCharsets.UTF_8), CustomResourceDefinition.class);
    }

    /** By the names as declared; the generator writes them in upper case. */
    private static Comparator<CustomResourceColumnDefinition> declaredOrder(Class<?> kind) {
        List<String> names = Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(column -> column.name().toUpperCase(Locale.ROOT))
                .toList();
        return Comparator.comparingInt(column -> names.indexOf(column.getName().toUpperCase(Locale.ROOT)));
    }

    /** Walks the schema: {@code conditions} are maps by type, {@code stages} by name. */
    private static void complete(JSONSchemaProps schema) {
        Optional.ofNullable(schema.getProperties())
                .ifPresent(properties -> properties.forEach((name, property) -> {
                    if (name.equals("conditions")) {
                        keyedBy(property, "type");
                        property.getItems().setSchema(condition());
                    } else if (name.equals("stages")) {
                        keyedBy(property, "name");
                    }
                    complete(property);
                }));
        Optional.ofNullable(schema.getItems()).map(items -> items.getSchema()).ifPresent(CrdYaml::complete);
    }

    private static void keyedBy(JSONSchemaProps list, String key) {
        list.setXKubernetesListType("map");
        list.setXKubernetesListMapKeys(List.of(key));
    }

    /** metav1.Condition with the bounds that Kubernetes' own generator writes. */
    private static JSONSchemaProps condition() {
        return new JSONSchemaPropsBuilder()
                .withType("object")
                .withDescription("One aspect of the state, in the standard shape of Kubernetes conditions.")
                .withRequired("lastTransitionTime", "message", "reason", "status", "type")
                .addToProperties("type", string("What the condition is about.", 316))
                .addToProperties(
                        "status",
                        new JSONSchemaPropsBuilder(string("Whether it is so.", 7))
                                .withEnum(text("True"), text("False"), text("Unknown"))
                                .build())
                .addToProperties("reason", string("Why, in one CamelCase word.", 1024))
                .addToProperties("message", string("Why, in a sentence for people.", 32768))
                .addToProperties(
                        "lastTransitionTime",
                        new JSONSchemaPropsBuilder()
                                .withType("string")
                                .withFormat("date-time")
                                .withDescription("When status last changed.")
                                .build())
                .addToProperties(
                        "observedGeneration",
                        new JSONSchemaPropsBuilder()
                                .withType("integer")
                                .withFormat("int64")
                                .withMinimum(0.0)
                                .withDescription("The generation of the spec that it speaks of.")
                                .build())
                .build();
    }

    private static JSONSchemaProps string(String description, long maxLength) {
        return new JSONSchemaPropsBuilder()
                .withType("string")
                .withDescription(description)
                .withMaxLength(maxLength)
                .build();
    }

    private static JsonNode text(String value) {
        return TextNode.valueOf(value);
    }
}
