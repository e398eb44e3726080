package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.api.HttpCalls.Reply;

/** Projects and services that are made by a request which comes twice. */
class RepeatedCreationIT {
    @RegisterExtension
    static final ApiExtension api = new ApiExtension().withOperator().withProvisioner();

    private final String name = "p" + UUID.randomUUID().toString().substring(0, 8);
    private final String projects = api.endpoint() + "/controlPlane/v1/project";

    @Test
    void answersTheSameForTheSameKeyAndMakesOneProjectAndOneService() {
        HttpCalls keyed = api.http().header("Idempotency-Key", UUID.randomUUID().toString());
        HttpCalls other = api.http().header("Idempotency-Key", UUID.randomUUID().toString());
        String services = projects + "/" + name + "/service";

        Reply first = keyed.post(projects, body("dev"));
        Reply again = keyed.post(projects, body("dev"));
        Reply changed = keyed.post(projects, body("prod"));
        Reply unknown = other.post(projects, body("dev"));
        Reply service = keyed.post(services, "{\"serviceName\":\"carts\"}");
        Reply serviceAgain = keyed.post(services, "{\"serviceName\":\"carts\"}");
        Reply serviceUnknown = other.post(services, "{\"serviceName\":\"carts\"}");

        assertThat(first.status()).as("%s", first).isEqualTo(201);
        assertThat(again.status()).as("%s", again).isEqualTo(201);
        assertThat(changed.status()).as("%s", changed).isEqualTo(422);
        assertThat(unknown.status()).as("%s", unknown).isEqualTo(409);
        assertThat(service.status()).as("%s", service).isEqualTo(200);
        assertThat(serviceAgain.status()).as("%s", serviceAgain).isEqualTo(200);
        assertThat(serviceUnknown.status()).as("%s", serviceUnknown).isEqualTo(409);
    }

    private String body(String stage) {
        String shipyard = GivenProject.SHIPYARD.replace("name: dev", "name: " + stage);
        return "{\"name\":\"" + name + "\",\"shipyard\":\""
                + Base64.getEncoder().encodeToString(shipyard.getBytes(StandardCharsets.UTF_8)) + "\"}";
    }
}
