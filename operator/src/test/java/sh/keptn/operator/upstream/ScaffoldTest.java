package sh.keptn.operator.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import sh.keptn.core.model.Layout;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.StageName;

class ScaffoldTest {
    private static final Instant CREATED = Instant.parse("2026-11-23T05:42:55Z");

    @Test
    void writesAProjectAsKeptnDoes() {
        assertThat(Scaffold.project(new ProjectName("sockshop"), Layout.BRANCH, CREATED)
                        .text())
                .isEqualTo("""
                        projectName: sockshop
                        creationTimestamp: 2026-11-23 05:42:55 +0000 UTC
                        isUsingDirectoryStructure: false
                        """);
    }

    @Test
    void writesAStageAndAServiceAsKeptnDoes() {
        assertThat(Scaffold.stage(new StageName("dev"), CREATED).text()).isEqualTo("""
                stagename: dev
                creationtimestamp: 2026-11-23 05:42:55 +0000 UTC
                """);
        assertThat(Scaffold.service(new ServiceName("carts-db"), CREATED).text())
                .isEqualTo("""
                servicename: carts-db
                creationtimestamp: 2026-11-23 05:42:55 +0000 UTC
                """);
    }

    @Test
    void quotesAServiceNameThatYamlWouldReadAsSomethingElse() {
        assertThat(Scaffold.service(new ServiceName("1.0"), CREATED).text()).startsWith("servicename: \"1.0\"\n");
        assertThat(Scaffold.service(new ServiceName("true"), CREATED).text()).startsWith("servicename: \"true\"\n");
    }
}
