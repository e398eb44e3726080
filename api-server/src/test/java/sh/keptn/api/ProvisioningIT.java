package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.api.HttpCalls.Reply;

/** A project without a repository of one's own. */
class ProvisioningIT {
    @RegisterExtension
    static final ApiExtension api = new ApiExtension().withOperator().withProvisioner();

    @Test
    void makesAProjectWhoseUpstreamIsProvisioned() {
        String projects = api.endpoint() + "/controlPlane/v1/project";
        String shipyard = Base64.getEncoder().encodeToString(GivenProject.SHIPYARD.getBytes(StandardCharsets.UTF_8));

        Reply created = api.http().post(projects, "{\"name\":\"provisioned\",\"shipyard\":\"" + shipyard + "\"}");

        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        assertThat(api.http()
                        .get(api.endpoint() + "/v1/metadata")
                        .json()
                        .path("automaticprovisioning")
                        .asBoolean())
                .isTrue();
        JsonNode project = api.http().get(projects + "/provisioned").json();
        assertThat(project.path("isUpstreamAutoProvisioned").asBoolean()).isTrue();
        assertThat(project.path("stages")).hasSize(2);
        Reply written = api.http()
                .put(
                        api.endpoint() + "/resource-service/v1/project/provisioned/stage/dev/resource/x.txt",
                        "{\"resourceContent\":\"eA==\"}");
        assertThat(written.status()).as(written.toString()).isEqualTo(200);
        assertThat(api.http().delete(projects + "/provisioned").status()).isEqualTo(200);
    }
}
