package sh.keptn.api.uniform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IntegrationTest {
    @Test
    void reckonsTheIdAsKeptnsClientsDo() {
        // when
        String id = Integration.id("helm-service", "keptn", "keptn-node");
        // then: printf helm-service-keptn-keptn-node | sha1sum
        assertThat(id).isEqualTo("649d26e214848aad7188a665a8953d2181b983ef");
    }
}
