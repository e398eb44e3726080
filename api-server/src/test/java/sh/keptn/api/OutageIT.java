package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.api.HttpCalls.Reply;

/** The upstream goes away: what must still work, and what must say so. */
class OutageIT {
    @RegisterExtension
    static final ApiExtension api = new ApiExtension();

    @Test
    void g1SaysThatTheUpstreamIsDownAndStillReadsByCommit() {
        GivenProject project = GivenProject.in(api);
        String body = "{\"resourceContent\":\""
                + Base64.getEncoder().encodeToString("kept".getBytes(StandardCharsets.UTF_8)) + "\"}";
        String item = project.carts() + "/kept.txt";
        String commit = api.http().put(item, body).json().path("commitID").asText();
        api.http().get(item);

        api.git().close();

        Reply read = api.http().get(item);
        Reply write = api.http().put(item, body.replace("kept", "lost"));
        Reply byCommit = api.http().get(item + "?gitCommitID=" + commit);
        Reply stale = api.http().header("Cache-Control", "max-stale").get(item);
        assertThat(read.status()).as(read.toString()).isEqualTo(503);
        assertThat(read.header("Retry-After")).isPresent();
        assertThat(write.status()).isEqualTo(503);
        assertThat(byCommit.status()).as(byCommit.toString()).isEqualTo(200);
        assertThat(stale.status()).as(stale.toString()).isEqualTo(200);
        assertThat(stale.header("Warning"))
                .hasValueSatisfying(text -> assertThat(text).startsWith("110"));
        assertThat(api.http()
                        .get(api.endpoint() + "/controlPlane/v1/project/" + project.name())
                        .status())
                .isEqualTo(200);
        assertThat(api.anonymous().get(api.managementUrl() + "/readyz").status())
                .isEqualTo(200);
    }
}
