package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.project.StageStatus;
import sh.keptn.local.git.Provisioned;

/** From an applied resource to an upstream that holds the project. */
class BootstrapIT {
    @RegisterExtension
    static final OperatorExtension keptn = new OperatorExtension();

    @Test
    void anAppliedProjectBecomesReadyWithItsBranchesInGit() {
        Provisioned upstream = keptn.upstream("sockshop");

        keptn.applyProject("sockshop", upstream.gitRemoteUrl(), "dev", "staging", "prod");

        keptn.awaitReady("sockshop");
        Checkout clone = keptn.clone("sockshop");
        assertThat(clone.branches()).containsExactlyInAnyOrder("main", "dev", "staging", "prod");
        assertThat(clone.subjects("main")).containsExactly("initialized project", "Updated resource");
        assertThat(clone.subjects("prod")).containsExactly("initialized project", "created stage");
        assertThat(clone.files("main")).containsExactly("metadata.yaml", "shipyard.yaml");
        assertThat(clone.files("dev")).containsExactly("metadata.yaml");
        assertThat(clone.show("main", "shipyard.yaml")).isEqualTo(OperatorExtension.shipyard("dev", "staging", "prod"));
        assertThat(clone.show("main", "metadata.yaml")).matches("""
                        projectName: sockshop
                        creationTimestamp: [0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8} \\+0000 UTC
                        isUsingDirectoryStructure: false
                        """);
        assertThat(clone.git("log", "-1", "--format=%(trailers:key=Keptn-Project-UID,valueonly)", "origin/dev")
                        .strip())
                .isEqualTo(keptn.project("sockshop").getMetadata().getUid());
        var status = OperatorExtension.status(keptn.project("sockshop"));
        assertThat(status.stages()).extracting(StageStatus::name).containsExactly("dev", "staging", "prod");
        assertThat(status.stages().getFirst().revision()).isEqualTo("dev@sha1:" + clone.head("dev"));
        assertThat(keptn.project("sockshop").getMetadata().getAnnotations())
                .containsEntry(Annotations.SCAFFOLDED, "dev,staging,prod");
    }
}
