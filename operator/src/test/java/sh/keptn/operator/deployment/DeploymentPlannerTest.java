package sh.keptn.operator.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.StageName;
import sh.keptn.crds.Reason;
import sh.keptn.crds.deployment.DeploymentResult;
import sh.keptn.crds.deployment.HistoryEntry;
import sh.keptn.crds.deployment.KeptnServiceDeploymentSpec;
import sh.keptn.crds.project.DeployPolicy;

class DeploymentPlannerTest {
    private static final Candidate OLD = candidate('a', "old");
    private static final Candidate NEW = candidate('b', "new");
    private static final Candidate SAME_FOLDER = candidate('c', "old");

    private final DeploymentPlanner planner = new DeploymentPlanner();

    @Test
    void appliesWhatWasNeverApplied() {
        assertThat(planner.plan(onCommit(), head(NEW), nothing())).isEqualTo(new DeploymentPlan.Apply(NEW));
    }

    @Test
    void appliesAnotherFolder() {
        assertThat(planner.plan(onCommit(), head(NEW), applied(OLD, true))).isEqualTo(new DeploymentPlan.Apply(NEW));
    }

    @Test
    void onlyLooksAtACommitThatLeavesTheFolderAsItIs() {
        assertThat(planner.plan(onCommit(), head(SAME_FOLDER), applied(OLD, true)))
                .isEqualTo(new DeploymentPlan.Look(SAME_FOLDER));
    }

    @Test
    void appliesAgainWhatDidNotComeToItsEnd() {
        assertThat(planner.plan(onCommit(), head(OLD), applied(OLD, false))).isEqualTo(new DeploymentPlan.Apply(OLD));
    }

    @Test
    void clearsAwayWhatHasNoFolderAnyMore() {
        Candidate without = new Candidate(NEW.revision(), Optional.empty());

        assertThat(planner.plan(onCommit(), head(without), applied(OLD, true)))
                .isEqualTo(new DeploymentPlan.Clear(without));
    }

    @Test
    void holdsStillAfterARollbackUntilTheFolderChanges() {
        assertThat(planner.plan(onCommit(), head(NEW), rolledBack(NEW, true))).isEqualTo(new DeploymentPlan.Hold(NEW));
        assertThat(planner.plan(onCommit(), head(OLD), rolledBack(NEW, true))).isEqualTo(new DeploymentPlan.Look(OLD));
    }

    @Test
    void triesARolledBackRevisionAgainWhenAsked() {
        assertThat(planner.plan(onCommit(), head(NEW), rolledBack(NEW, false)))
                .isEqualTo(new DeploymentPlan.Apply(NEW));
    }

    @Test
    void touchesNothingWhileTheBranchIsGone() {
        ObservedFolder seen = new ObservedFolder(Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(planner.plan(onCommit(), seen, applied(OLD, true)))
                .isInstanceOfSatisfying(
                        DeploymentPlan.Stop.class,
                        stop -> assertThat(stop.outcome().reason()).isEqualTo(Reason.STAGE_BRANCH_MISSING));
    }

    @Test
    void onSequenceAFirstRevisionWaits() {
        assertThat(planner.plan(onSequence(), head(NEW), nothing()))
                .isEqualTo(new DeploymentPlan.Await(NEW.revision()));
    }

    @Test
    void onSequenceWhatRunsStaysWhateverIsPushed() {
        ObservedFolder seen = new ObservedFolder(Optional.of(NEW), Optional.empty(), Optional.of(OLD));

        assertThat(planner.plan(onSequence(), seen, applied(OLD, true))).isEqualTo(new DeploymentPlan.Look(OLD));
        assertThat(planner.plan(onSequence(), seen, applied(OLD, false))).isEqualTo(new DeploymentPlan.Apply(OLD));
    }

    @Test
    void aPinCountsWhateverThePolicy() {
        ObservedFolder seen = new ObservedFolder(Optional.of(NEW), Optional.of(OLD), Optional.empty());

        assertThat(planner.plan(pinned(DeployPolicy.OnCommit), seen, nothing()))
                .isEqualTo(new DeploymentPlan.Apply(OLD));
        assertThat(planner.plan(pinned(DeployPolicy.OnSequence), seen, nothing()))
                .isEqualTo(new DeploymentPlan.Apply(OLD));
    }

    @Test
    void anUnknownPinIsAPersonsToMend() {
        assertThat(planner.plan(pinned(DeployPolicy.OnCommit), head(NEW), applied(OLD, true)))
                .isInstanceOfSatisfying(
                        DeploymentPlan.Stop.class,
                        stop -> assertThat(stop.outcome().reason()).isEqualTo(Reason.REVISION_NOT_FOUND));
    }

    private static DeploymentIntent onCommit() {
        return intent(DeployPolicy.OnCommit, Optional.empty());
    }

    private static DeploymentIntent onSequence() {
        return intent(DeployPolicy.OnSequence, Optional.empty());
    }

    private static DeploymentIntent pinned(DeployPolicy policy) {
        return intent(policy, Optional.of("aaaaaaa"));
    }

    private static DeploymentIntent intent(DeployPolicy policy, Optional<String> pin) {
        return new DeploymentIntent(
                new ProjectName("sockshop"),
                new StageName("dev"),
                new ServiceName("carts"),
                new KeptnServiceDeploymentSpec(
                        "sockshop",
                        "dev",
                        "carts",
                        "sockshop-dev",
                        null,
                        policy,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        pin.orElse(null),
                        null),
                Duration.ofMinutes(3),
                pin,
                Optional.empty());
    }

    private static ObservedFolder head(Candidate candidate) {
        return new ObservedFolder(Optional.of(candidate), Optional.empty(), Optional.empty());
    }

    private static Memory nothing() {
        return memory(Optional.empty(), false, Optional.empty());
    }

    private static Memory applied(Candidate candidate, boolean complete) {
        return memory(Optional.of(candidate), complete, Optional.empty());
    }

    private static Memory rolledBack(Candidate failed, boolean complete) {
        return memory(
                Optional.of(OLD),
                complete,
                Optional.of(new HistoryEntry(
                        failed.revision().text(),
                        failed.tree().orElseThrow(),
                        DeploymentResult.RolledBack,
                        "2026-01-01T00:00:00Z",
                        "it did not come up")));
    }

    private static Memory memory(Optional<Candidate> applied, boolean complete, Optional<HistoryEntry> rolledBack) {
        return new Memory(
                applied.map(Candidate::revision),
                applied.flatMap(Candidate::tree),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                complete,
                rolledBack);
    }

    private static Candidate candidate(char digit, String tree) {
        return new Candidate(
                new Revision("dev", new CommitId(String.valueOf(digit).repeat(40))), Optional.of(tree));
    }
}
