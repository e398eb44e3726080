package sh.keptn.operator.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.operator.Installation;

/** What a real API server shows. */
class ShownVersionsIT {
    private static KubernetesClient client;
    private static String namespace;

    @BeforeAll
    static void start() {
        client = new KubernetesClientBuilder().withConfig(Installation.admin()).build();
        namespace = client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("shown-")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
        new Installation(client, namespace).installKinds();
    }

    @AfterAll
    static void end() {
        client.namespaces().withName(namespace).delete();
        client.close();
    }

    @Test
    void goesThroughAllPagesAndBeginsAgain() {
        Map<String, Long> made = new HashMap<>();
        for (String service : List.of("a", "b", "c")) {
            made.put("shop." + service, make(service));
        }
        ShownVersions shown = new ShownVersions(client, KeptnService.class, namespace, 2);

        List<Map<String, Long>> pages = List.of(shown.page(), shown.page(), shown.page());

        assertThat(pages.get(0)).hasSize(2);
        assertThat(pages.get(2)).isEqualTo(pages.get(0));
        Map<String, Long> all = new HashMap<>(pages.get(0));
        all.putAll(pages.get(1));
        assertThat(all).isEqualTo(made);
        assertThat(shown.version("shop.a")).hasValue(made.get("shop.a"));
        assertThat(shown.version("shop.none")).isEmpty();
    }

    private static long make(String service) {
        KeptnService made = client.resource(
                        Serialization.unmarshal("""
                        apiVersion: keptn.sh/v1alpha1
                        kind: KeptnService
                        metadata: {name: shop.%1$s, namespace: %2$s}
                        spec: {project: shop, service: %1$s}
                        """.formatted(service, namespace), KeptnService.class))
                .create();
        return Long.parseLong(made.getMetadata().getResourceVersion());
    }
}
