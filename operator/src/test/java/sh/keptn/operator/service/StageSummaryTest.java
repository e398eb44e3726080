package sh.keptn.operator.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sh.keptn.crds.service.ServiceStageStatus;

class StageSummaryTest {
    @ParameterizedTest
    @CsvSource({
        "carts:1.2, 1.2",
        "registry.example:5000/team/carts:1.2, 1.2",
        "registry.example:5000/team/carts, latest",
        "carts:1.2@sha256:0123456789abcdef, 1.2",
        "registry.example/carts@sha256:0123456789abcdef, 0123456",
    })
    void namesAnImageByItsTagOrDigest(String image, String version) {
        assertThat(StageSummary.version(image)).isEqualTo(version);
    }

    @Test
    void namesTheStagesThatHaveTheFolder() {
        assertThat(StageSummary.of(List.of(
                        new ServiceStageStatus("dev", true, "dev@sha1:1", "carts:1.2"),
                        new ServiceStageStatus("qa", true, "qa@sha1:1", null),
                        new ServiceStageStatus("prod", false, null, null))))
                .isEqualTo("dev:1.2 qa");
    }
}
