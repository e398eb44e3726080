package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The shipped gateway's resources, as a real cluster takes them. */
class GatewayManifestIT {
    private static final Path SHIPPED = Path.of("..", "deploy", "gateway");

    @RegisterExtension
    static final ApiExtension api = new ApiExtension();

    @Test
    void areTakenByTheClusterToTheLastField() throws IOException {
        for (HasMetadata item : shipped()) {
            item.getMetadata().setNamespace(api.namespace());

            HasMetadata taken = api.kubernetes()
                    .resource(item)
                    .fieldValidation(Validation.STRICT)
                    .create();

            assertThat(taken.getMetadata().getUid()).isNotBlank();
        }
    }

    @Test
    void fitTheRestrictedProfileOfPods() throws IOException {
        String namespace = api.namespace() + "-restricted";
        api.kubernetes()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
        try {
            api.kubernetes()
                    .resource(new ServiceAccountBuilder()
                            .withNewMetadata()
                            .withName("default")
                            .withNamespace(namespace)
                            .endMetadata()
                            .build())
                    .createOr(existing -> existing.update());
            Pod pod = new PodBuilder()
                    .withNewMetadata()
                    .withName("gateway")
                    .withNamespace(namespace)
                    .endMetadata()
                    .withSpec(deployment().getSpec().getTemplate().getSpec())
                    .build();

            assertThat(api.kubernetes()
                            .resource(pod)
                            .dryRun()
                            .create()
                            .getMetadata()
                            .getUid())
                    .isNotBlank();
        } finally {
            api.kubernetes().namespaces().withName(namespace).delete();
        }
    }

    @Test
    void mountWhatTheKustomizationMakesWhereTheCommandLooksForIt() throws IOException {
        var template = deployment().getSpec().getTemplate().getSpec();
        Container nginx = template.getContainers().getFirst();
        String configured = template.getVolumes().stream()
                .filter(volume -> volume.getName().equals("configuration"))
                .map(Volume::getConfigMap)
                .filter(Objects::nonNull)
                .map(ConfigMapVolumeSource::getName)
                .findFirst()
                .orElseThrow();
        String kustomization = Files.readString(SHIPPED.resolve("kustomization.yaml"));

        assertThat(kustomization).contains("- name: " + configured + "\n");
        assertThat(nginx.getCommand()).containsSequence("-c", mounted(nginx, "configuration") + "/nginx.conf");
        assertThat(nginx.getCommand()).containsSequence("-p", mounted(nginx, "run"));
        for (String file : List.of("nginx.conf", "listen.conf", "upstream.conf", "prefix.conf")) {
            assertThat(kustomization).contains("- " + file + "\n");
            assertThat(SHIPPED.resolve(file)).isNotEmptyFile();
        }
    }

    private static String mounted(Container container, String volume) {
        return container.getVolumeMounts().stream()
                .filter(mount -> mount.getName().equals(volume))
                .findFirst()
                .orElseThrow()
                .getMountPath();
    }

    private static Deployment deployment() throws IOException {
        return (Deployment) shipped().stream()
                .filter(Deployment.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private static List<HasMetadata> shipped() throws IOException {
        try (InputStream file = Files.newInputStream(SHIPPED.resolve("gateway.yaml"))) {
            return api.kubernetes().load(file).items();
        }
    }
}
