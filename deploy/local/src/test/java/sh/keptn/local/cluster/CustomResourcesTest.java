package sh.keptn.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersionBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CustomResourcesTest {

    @Test
    void refusesADefinitionWithAVersionThatIsNotOurs() {
        Optional<String> refusal = CustomResources.refusal(definition("v1"), definition("v1alpha1"));

        assertThat(refusal)
                .hasValueSatisfying(reason ->
                        assertThat(reason).contains("keptnprojects.keptn.sh in version v1", "Nothing was changed"));
    }

    @Test
    void replacesItsOwnOlderDefinition() {
        Optional<String> refusal = CustomResources.refusal(definition("v1alpha1"), definition("v1alpha1", "v1beta1"));

        assertThat(refusal).isEmpty();
    }

    private static CustomResourceDefinition definition(String... versions) {
        List<CustomResourceDefinitionVersion> all = Arrays.stream(versions)
                .map(name -> new CustomResourceDefinitionVersionBuilder()
                        .withName(name)
                        .build())
                .toList();
        return new CustomResourceDefinitionBuilder()
                .withNewMetadata()
                .withName("keptnprojects.keptn.sh")
                .endMetadata()
                .withNewSpec()
                .withVersions(all)
                .endSpec()
                .build();
    }
}
