package sh.keptn.operator.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.StageName;
import sh.keptn.crds.service.ServiceSource;

class ResourceNamesTest {
    @ParameterizedTest
    @CsvSource({
        "sockshop,dev,carts,sockshop-dev-carts",
        "a-project-with-quite-a-long-name-of-forty-chars1,dev,carts,dev-carts",
        "p,a-stage-with-quite-a-long-name-of-forty-seven-char,carts,carts"
    })
    void shortensAReleaseByKeptnsRule(String project, String stage, String service, String release) {
        assertThat(ResourceNames.release(request(project, stage, service))).isEqualTo(release);
    }

    @ParameterizedTest
    @CsvSource({"Carts_V1.2", "1carts", "carts.db", "A"})
    void makesEveryServiceALabelOfDns(String service) {
        assertThat(ResourceNames.label(new ServiceName(service)))
                .matches("[a-z]([a-z0-9-]*[a-z0-9])?")
                .hasSizeLessThanOrEqualTo(63);
    }

    @Test
    void keepsNamesApartThatLookTheSameAsLabels() {
        assertThat(ResourceNames.label(new ServiceName("a.b")))
                .isNotEqualTo(ResourceNames.label(new ServiceName("a_b")));
    }

    private static RenderRequest request(String project, String stage, String service) {
        return new RenderRequest(
                new ProjectName(project),
                new StageName(stage),
                new ServiceName(service),
                "namespace",
                ServiceSource.Auto,
                Optional.empty(),
                Folders.of());
    }
}
