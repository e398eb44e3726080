package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.project.StageStatus;

/** What people do to the upstream with git shows in the resource, and is never undone. */
class PushesIT {
    @RegisterExtension
    static final OperatorExtension keptn = new OperatorExtension();

    @Test
    void aPushedCommitMovesTheRevision() {
        Checkout clone = ready("moved", "dev");

        clone.push("dev", "README.md", "hello");
        keptn.reconcileNow("moved");

        keptn.awaitProject(
                "moved",
                project -> assertThat(OperatorExtension.status(project)
                                .stages()
                                .getFirst()
                                .revision())
                        .isEqualTo("dev@sha1:" + clone.head("dev")));
        assertThat(keptn.eventReasons("moved")).contains("RevisionChanged").doesNotContain("HistoryRewritten");
    }

    @Test
    void aStageAddedToTheShipyardIsMade() {
        Checkout clone = ready("added", "dev");

        clone.push("main", "shipyard.yaml", Samples.shipyard("dev", "prod"));
        keptn.reconcileNow("added");

        keptn.awaitProject(
                "added",
                project -> assertThat(OperatorExtension.status(project).stages())
                        .extracting(StageStatus::name)
                        .containsExactly("dev", "prod"));
        assertThat(clone.branches()).contains("prod");
        assertThat(clone.subjects("prod")).last().isEqualTo("created stage");
        assertThat(keptn.eventReasons("added")).contains("StageAdded");
    }

    @Test
    void aStageTakenOutOfTheShipyardStaysUntilThatIsConfirmed() {
        Checkout clone = ready("shrunk", "dev", "prod");
        clone.push("main", "shipyard.yaml", Samples.shipyard("dev"));
        keptn.reconcileNow("shrunk");
        assertThat(keptn.awaitNotReady("shrunk", "StageChangeRefused")).contains("prod");
        assertThat(OperatorExtension.status(keptn.project("shrunk")).stageSummary())
                .isEqualTo("dev,prod");

        keptn.annotateProject("shrunk", Annotations.CONFIRM_STAGE_REMOVAL, "prod");

        keptn.awaitReady("shrunk");
        assertThat(OperatorExtension.status(keptn.project("shrunk")).stageSummary())
                .isEqualTo("dev");
        assertThat(clone.branches()).as("nothing leaves the upstream").contains("prod");
        assertThat(keptn.project("shrunk").getMetadata().getAnnotations())
                .doesNotContainKey(Annotations.CONFIRM_STAGE_REMOVAL);
    }

    @Test
    void aDeletedStageBranchIsReportedAndMadeAgainOnlyWhenAsked() {
        Checkout clone = ready("lost", "dev", "prod");
        clone.git("push", "-q", "origin", "--delete", "prod");
        keptn.reconcileNow("lost");
        assertThat(keptn.awaitNotReady("lost", "StageBranchMissing")).contains("prod");
        assertThat(clone.branches()).doesNotContain("prod");

        keptn.annotateProject("lost", Annotations.RECREATE, "true");

        keptn.awaitReady("lost");
        assertThat(clone.branches()).contains("prod");
        assertThat(keptn.project("lost").getMetadata().getAnnotations()).doesNotContainKey(Annotations.RECREATE);
    }

    @Test
    void anInvalidShipyardLeavesTheLastValidOneInForce() {
        Checkout clone = ready("invalid", "dev");
        clone.push("main", "shipyard.yaml", "apiVersion: spec.keptn.sh/0.2.2\nspec:\n  stages: []\n");
        keptn.reconcileNow("invalid");
        assertThat(keptn.awaitNotReady("invalid", "ShipyardInvalid")).contains("at least one stage");
        var shipyard = Objects.requireNonNull(
                OperatorExtension.status(keptn.project("invalid")).shipyard());
        assertThat(shipyard.content()).isEqualTo(Samples.shipyard("dev"));
        assertThat(shipyard.lastValidRevision()).isNotEqualTo(shipyard.revision());
        assertThat(OperatorExtension.condition(keptn.project("invalid"), "ShipyardValid"))
                .hasValueSatisfying(
                        condition -> assertThat(condition.getStatus()).isEqualTo("False"));

        clone.push("main", "shipyard.yaml", Samples.shipyard("dev", "prod"));
        keptn.reconcileNow("invalid");

        keptn.awaitReady("invalid");
    }

    @Test
    void aDefaultBranchThatIsRenamedIsFollowed() {
        Checkout clone = ready("renamed", "dev");
        clone.git("push", "-q", "origin", "main:trunk");
        Checkout.bare(
                keptn.git().directoryOf("renamed", keptn.namespace()), "symbolic-ref", "HEAD", "refs/heads/trunk");
        clone.git("push", "-q", "origin", "--delete", "main");

        keptn.reconcileNow("renamed");

        keptn.awaitProject(
                "renamed",
                project -> assertThat(OperatorExtension.gitOf(project).defaultBranch())
                        .isEqualTo("trunk"));
        keptn.awaitReady("renamed");
        assertThat(clone.branches()).as("nobody makes the old one again").containsOnly("dev", "trunk");
    }

    @Test
    void aDeletedDefaultBranchIsReportedAndMadeAgainOnlyWhenAsked() {
        Checkout clone = ready("headless", "dev");
        Checkout.bare(keptn.git().directoryOf("headless", keptn.namespace()), "update-ref", "-d", "refs/heads/main");
        keptn.reconcileNow("headless");
        assertThat(keptn.awaitNotReady("headless", "ShipyardMissing")).contains("main", Annotations.RECREATE);
        assertThat(clone.branches()).containsOnly("dev");

        keptn.annotateProject("headless", Annotations.RECREATE, "true");

        keptn.awaitReady("headless");
        assertThat(clone.branches()).containsOnly("dev", "main");
        assertThat(clone.show("main", "shipyard.yaml")).isEqualTo(Samples.shipyard("dev"));
    }

    @Test
    void aRewrittenBranchIsFollowedWithAWarning() {
        Checkout clone = ready("rewritten", "dev");
        clone.push("dev", "a.txt", "a");
        keptn.reconcileNow("rewritten");
        clone.git("commit", "-q", "--amend", "-m", "another past");
        clone.git("push", "-q", "--force", "origin", "dev");

        keptn.reconcileNow("rewritten");

        keptn.awaitProject(
                "rewritten",
                project -> assertThat(OperatorExtension.status(project)
                                .stages()
                                .getFirst()
                                .revision())
                        .isEqualTo("dev@sha1:" + clone.head("dev")));
        await().untilAsserted(() -> assertThat(keptn.eventReasons("rewritten")).contains("HistoryRewritten"));
        keptn.awaitReady("rewritten");
    }

    private static Checkout ready(String project, String... stages) {
        String url = keptn.upstream(project).gitRemoteUrl();
        keptn.applyProject(project, url, stages);
        keptn.awaitReady(project);
        return keptn.clone(project);
    }
}
