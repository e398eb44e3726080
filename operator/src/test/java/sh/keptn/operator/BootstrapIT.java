package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
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
        assertThat(clone.show("main", "shipyard.yaml")).isEqualTo(Samples.shipyard("dev", "staging", "prod"));
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

    @Test
    void theDirectoryLayoutKeepsStagesInFolders() {
        Provisioned upstream = keptn.upstream("folders");

        keptn.apply(Samples.projectYaml("folders", upstream.gitRemoteUrl(), "layout: Directory", "dev", "prod"));

        keptn.awaitReady("folders");
        Checkout clone = keptn.clone("folders");
        assertThat(clone.branches()).containsExactly("main");
        assertThat(clone.subjects("main"))
                .containsExactly("initialized project", "Added stage: dev", "Added stage: prod", "Updated resource");
        assertThat(clone.files("main"))
                .containsExactly(
                        ".keptn-stages/dev/metadata.yaml",
                        ".keptn-stages/prod/metadata.yaml",
                        "metadata.yaml",
                        "shipyard.yaml");
        assertThat(clone.show("main", ".keptn-stages/dev/metadata.yaml"))
                .startsWith("stagename: dev\ncreationtimestamp: ");
        assertThat(OperatorExtension.status(keptn.project("folders")).stages())
                .extracting(StageStatus::revision)
                .containsOnly("main@sha1:" + clone.head("main"));
    }

    @Test
    void anUpstreamWhoseHeadNamesAnUnbornBranchWorks() {
        Provisioned upstream = keptn.upstream("unborn");
        Checkout.bare(keptn.git().directoryOf("unborn", keptn.namespace()), "symbolic-ref", "HEAD", "refs/heads/trunk");

        keptn.applyProject("unborn", upstream.gitRemoteUrl(), "dev");

        keptn.awaitReady("unborn");
        String branch = OperatorExtension.gitOf(keptn.project("unborn")).defaultBranch();
        assertThat(keptn.clone("unborn").branches()).containsExactlyInAnyOrder(branch, "dev");
        keptn.reconcileNow("unborn");
        keptn.awaitReady("unborn");
        assertThat(keptn.clone("unborn").subjects("dev")).containsExactly("initialized project", "created stage");
    }

    @Test
    void contentThatIsNoKeptnProjectIsKept() {
        Provisioned upstream = keptn.upstream("kept");
        keptn.clone("kept").push("main", "README.md", "hello");

        keptn.applyProject("kept", upstream.gitRemoteUrl(), "dev");

        keptn.awaitReady("kept");
        Checkout clone = keptn.clone("kept");
        assertThat(clone.subjects("main"))
                .containsExactly("pushed README.md", "initialized project", "Updated resource");
        assertThat(clone.files("dev")).containsExactly("README.md", "metadata.yaml");
    }

    @Test
    void anExistingKeptnProjectIsTakenOverAsItIs() {
        Provisioned upstream = keptn.upstream("adopted");
        Checkout there = keptn.clone("adopted");
        there.push("main", "metadata.yaml", "projectName: adopted\n");
        there.push("main", "shipyard.yaml", Samples.shipyard("dev"));
        there.push("dev", "carts/values.yaml", "image: carts:1");
        String before = there.head("dev");

        keptn.applyProject("adopted", upstream.gitRemoteUrl(), "other");

        keptn.awaitReady("adopted");
        assertThat(there.head("dev")).isEqualTo(before);
        assertThat(there.branches()).containsExactlyInAnyOrder("main", "dev");
        assertThat(keptn.eventReasons("adopted")).contains("RepositoryAdopted", "StageAdopted");
        keptn.awaitServiceReady("adopted.carts");
    }

    @Test
    void anExistingKeptnProjectIsRefusedWhereAdoptionIsOff() {
        Provisioned upstream = keptn.upstream("refused");
        Checkout there = keptn.clone("refused");
        there.push("main", "metadata.yaml", "projectName: refused\n");

        keptn.apply(Samples.projectYaml("refused", upstream.gitRemoteUrl(), "adoptExisting: false", "dev"));

        assertThat(keptn.awaitNotReady("refused", "AlreadyInitialized")).contains("already holds a Keptn project");
        assertThat(there.branches()).containsExactly("main");
        assertThat(there.subjects("main")).containsExactly("pushed metadata.yaml");
    }

    @Test
    void aProjectWithoutAnyShipyardIsStalledAndTouchesNothing() {
        Provisioned upstream = keptn.upstream("bare");

        keptn.apply("""
                apiVersion: keptn.sh/v1alpha1
                kind: KeptnProject
                metadata:
                  name: bare
                spec:
                  git:
                    url: %s
                """.formatted(upstream.gitRemoteUrl()));

        assertThat(keptn.awaitNotReady("bare", "ShipyardMissing")).contains("no spec.initialShipyard");
        assertThat(keptn.clone("bare").branches()).isEmpty();
    }

    @Test
    void aPassThatFindsNothingNewWritesNothing() {
        Provisioned upstream = keptn.upstream("quiet");
        keptn.applyProject("quiet", upstream.gitRemoteUrl(), "dev");
        keptn.awaitReady("quiet");
        keptn.reconcileNow("quiet");
        String version = keptn.project("quiet").getMetadata().getResourceVersion();
        double looks = keptn.gitOperations("heads");

        keptn.touchSecret("git-credentials-quiet");

        await().untilAsserted(() -> assertThat(keptn.gitOperations("heads")).isGreaterThan(looks));
        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(3))
                .untilAsserted(
                        () -> assertThat(keptn.project("quiet").getMetadata().getResourceVersion())
                                .isEqualTo(version));
    }
}
