package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.crds.service.KeptnServiceSpec;
import sh.keptn.crds.service.KeptnServiceStatus;
import sh.keptn.crds.service.ServiceStageStatus;

/** What runs on a stage, as Keptn's clients read it; the statuses are laid down as the operator writes them. */
class DeployedImageIT {
    private static final String REVISION = "dev@sha1:" + "a".repeat(40);

    @RegisterExtension
    static final ApiExtension api = new ApiExtension();

    private GivenProject project;

    @BeforeEach
    void aProject() {
        project = GivenProject.in(api);
    }

    @Test
    void carriesTheImageOfTheStageThatIsAskedFor() {
        service(stage("dev", true, REVISION, "carts:1.2"), stage("staging", true, REVISION, "carts:1.1"));

        await().untilAsserted(() -> {
            assertThat(carts("dev").path("deployedImage").asText()).isEqualTo("carts:1.2");
            assertThat(carts("staging").path("deployedImage").asText()).isEqualTo("carts:1.1");
        });
        assertThat(api.http()
                        .get(api.endpoint() + "/controlPlane/v1/project/" + project.name())
                        .json()
                        .findValuesAsText("deployedImage"))
                .containsExactlyInAnyOrder("carts:1.1", "carts:1.2");
    }

    @Test
    void keepsAServiceWhoseRolloutFailsOnItsStage() {
        service(stage("dev", false, REVISION, "carts:broken"), stage("staging", false, null, null));

        await().untilAsserted(() ->
                assertThat(carts("dev").path("deployedImage").asText()).isEqualTo("carts:broken"));
        assertThat(api.http().get(url("staging")).status()).isEqualTo(404);
    }

    @Test
    void leavesTheImageAwayWhileNothingIsDeployed() {
        service(stage("dev", true, REVISION, null));

        await().untilAsserted(() ->
                assertThat(carts("dev").path("serviceName").asText()).isEqualTo("carts"));
        assertThat(carts("dev").has("deployedImage")).isFalse();
    }

    private static ServiceStageStatus stage(
            String name, boolean ready, @Nullable String revision, @Nullable String image) {
        return new ServiceStageStatus(name, ready, revision, image);
    }

    private void service(ServiceStageStatus... stages) {
        KeptnService service = new KeptnService();
        service.getMetadata().setName(project.name() + ".carts");
        service.getMetadata().setNamespace(api.namespace());
        service.setSpec(new KeptnServiceSpec(project.name(), "carts", null));
        KeptnService made = api.kubernetes().resource(service).create();
        made.setStatus(new KeptnServiceStatus(made.getMetadata().getGeneration(), List.of(), List.of(stages), "dev"));
        api.kubernetes().resource(made).updateStatus();
    }

    private JsonNode carts(String stage) {
        return api.http().get(url(stage)).json();
    }

    private String url(String stage) {
        return api.endpoint() + "/controlPlane/v1/project/" + project.name() + "/stage/" + stage + "/service/carts";
    }
}
