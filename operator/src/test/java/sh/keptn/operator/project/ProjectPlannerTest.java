package sh.keptn.operator.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import sh.keptn.core.git.GitUrl;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.Layout;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.Shipyard;
import sh.keptn.core.model.StageName;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.Reason;
import sh.keptn.operator.cluster.NameList;
import sh.keptn.operator.condition.Outcome;
import sh.keptn.operator.upstream.ProjectSettings;

class ProjectPlannerTest {
    private static final CommitId HEAD = new CommitId("a".repeat(40));
    private static final StageName DEV = new StageName("dev");
    private static final StageName PROD = new StageName("prod");

    private final ProjectPlanner planner = new ProjectPlanner();

    @Test
    void setsAnEmptyUpstreamUpInKeptnsOrder() {
        ProjectPlan plan = plan(new Wish().initial("dev", "prod"), new Seen().empty());

        assertThat(plan.steps())
                .containsExactly(
                        new ProjectStep.InitializeRepository(),
                        new ProjectStep.CreateStage(DEV),
                        new ProjectStep.CreateStage(PROD),
                        new ProjectStep.WriteShipyard(shipyard("dev", "prod").content()));
    }

    @Test
    void goesOnWhereARestartBrokeOff() {
        ProjectPlan plan = plan(
                new Wish().initial("dev", "prod"),
                new Seen().ours().shipyard(absent()).stage(DEV, true));

        assertThat(plan.steps())
                .containsExactly(
                        new ProjectStep.AdoptStage(DEV, true),
                        new ProjectStep.CreateStage(PROD),
                        new ProjectStep.WriteShipyard(shipyard("dev", "prod").content()));
    }

    @Test
    void leavesACompleteProjectAlone() {
        ProjectPlan plan = plan(
                new Wish().accepted("dev").initial("dev", "prod"),
                new Seen().shipyard(valid("dev")).stage(DEV, false));

        assertThat(plan.steps()).isEmpty();
        assertThat(plan.outcome()).isEqualTo(new Outcome.Done("1 stage is set up"));
    }

    @Test
    void takesAStrangersProjectOverUnlessToldNotTo() {
        Seen stranger = new Seen().shipyard(valid("dev")).stage(DEV, false);

        ProjectPlan adopting = plan(new Wish(), stranger);
        ProjectPlan refusing = plan(new Wish().refusing(), stranger);

        assertThat(adopting.steps())
                .containsExactly(new ProjectStep.AdoptRepository(), new ProjectStep.AdoptStage(DEV, false));
        assertThat(refusing.steps()).isEmpty();
        assertThat(refusing.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Stalled.class,
                        stalled -> assertThat(stalled.reason()).isEqualTo(Reason.ALREADY_INITIALIZED));
    }

    @Test
    void goesOnWithItsOwnHalfMadeRepositoryWhereAdoptionIsOff() {
        ProjectPlan plan =
                plan(new Wish().refusing().initial("dev"), new Seen().ours().shipyard(absent()));

        assertThat(plan.steps())
                .containsExactly(
                        new ProjectStep.CreateStage(DEV),
                        new ProjectStep.WriteShipyard(shipyard("dev").content()));
    }

    @Test
    void makesNothingWithoutAShipyard() {
        ProjectPlan plan = plan(new Wish(), new Seen().empty());

        assertThat(plan.steps()).isEmpty();
        assertThat(reason(plan)).isEqualTo(Reason.SHIPYARD_MISSING);
    }

    @Test
    void makesNothingWithAnInvalidInitialShipyard() {
        ProjectPlan plan = plan(new Wish().initialText("stages: no"), new Seen().empty());

        assertThat(plan.steps()).isEmpty();
        assertThat(reason(plan)).isEqualTo(Reason.SHIPYARD_INVALID);
    }

    @Test
    void refusesAStageNamedLikeTheDefaultBranch() {
        ProjectPlan plan = plan(new Wish().initial("main"), new Seen().empty());

        assertThat(plan.steps()).isEmpty();
        assertThat(plan.outcome().message()).contains("named like the default branch");
    }

    @Test
    void keepsTheLastValidShipyardInForceWhileTheOneInGitIsInvalid() {
        ProjectPlan plan = plan(
                new Wish().accepted("dev").lastValid("dev"),
                new Seen().shipyard(new ShipyardInGit.Invalid("broken")).stage(DEV, false));

        assertThat(plan.steps()).isEmpty();
        assertThat(plan.inForce()).contains(shipyard("dev"));
        assertThat(reason(plan)).isEqualTo(Reason.SHIPYARD_INVALID);
    }

    @Test
    void doesNotWriteTheInitialShipyardASecondTime() {
        ProjectPlan plan = plan(
                new Wish().accepted("dev").initial("dev").lastValid("dev"),
                new Seen().shipyard(absent()).stage(DEV, false));

        assertThat(plan.steps()).isEmpty();
        assertThat(reason(plan)).isEqualTo(Reason.SHIPYARD_MISSING);
    }

    @Test
    void knowsFromTheHistoryAloneThatTheShipyardWasWritten() {
        ProjectPlan plan = plan(
                new Wish().accepted("dev").initial("dev"),
                new Seen().shipyard(new ShipyardInGit.Absent(true)).stage(DEV, false));

        assertThat(plan.steps()).isEmpty();
        assertThat(reason(plan)).isEqualTo(Reason.SHIPYARD_MISSING);
        assertThat(plan.stages()).extracting(Shipyard.Stage::name).containsExactly(DEV);
    }

    @Test
    void neverGivesAStageUpByItself() {
        ProjectPlan plan = plan(
                new Wish().accepted("dev", "prod"),
                new Seen().shipyard(valid("dev")).stage(DEV, false).stage(PROD, false));

        assertThat(plan.steps()).isEmpty();
        assertThat(reason(plan)).isEqualTo(Reason.STAGE_CHANGE_REFUSED);
        assertThat(plan.stages()).extracting(Shipyard.Stage::name).containsExactly(DEV, PROD);
    }

    @Test
    void givesAStageUpThatWasConfirmedAndUsesTheConfirmationUp() {
        ProjectPlan plan = plan(
                new Wish().accepted("dev", "prod").confirmed("prod"),
                new Seen().shipyard(valid("dev")).stage(DEV, false).stage(PROD, false));

        assertThat(plan.steps())
                .containsExactly(
                        new ProjectStep.RemoveStage(PROD),
                        new ProjectStep.ClearAnnotation(Annotations.CONFIRM_STAGE_REMOVAL));
    }

    @Test
    void reportsAVanishedBranchAndMakesItAgainOnlyWhenAsked() {
        Seen seen = new Seen().shipyard(valid("dev", "prod")).stage(DEV, false);

        ProjectPlan unasked = plan(new Wish().accepted("dev", "prod"), seen);
        ProjectPlan asked = plan(new Wish().accepted("dev", "prod").recreating(), seen);

        assertThat(unasked.steps()).isEmpty();
        assertThat(reason(unasked)).isEqualTo(Reason.STAGE_BRANCH_MISSING);
        assertThat(asked.steps())
                .containsExactly(
                        new ProjectStep.CreateStage(PROD), new ProjectStep.ClearAnnotation(Annotations.RECREATE));
    }

    @Test
    void reportsAVanishedDefaultBranchAndMakesItAgainOnlyWhenAsked() {
        Seen seen = new Seen().empty().shipyard(absent()).stage(DEV, false);

        ProjectPlan unasked = plan(new Wish().accepted("dev").lastValid("dev"), seen);
        ProjectPlan asked = plan(new Wish().accepted("dev").lastValid("dev").recreating(), seen);

        assertThat(unasked.steps()).isEmpty();
        assertThat(reason(unasked)).isEqualTo(Reason.SHIPYARD_MISSING);
        assertThat(asked.steps())
                .containsExactly(
                        new ProjectStep.InitializeRepository(),
                        new ProjectStep.WriteShipyard(shipyard("dev").content()),
                        new ProjectStep.ClearAnnotation(Annotations.RECREATE));
    }

    @Test
    void discoversFoldersThatCanBeServicesAndAreNotIgnoredOrKnown() {
        ProjectPlan plan = planner.plan(
                new Wish().accepted("dev").ignoring("old").intent(),
                new Seen()
                        .shipyard(valid("dev"))
                        .stage(DEV, false, "new", "known", "old", "not a name")
                        .project(),
                Set.of(new ServiceName("known")));

        assertThat(plan.steps()).containsExactly(new ProjectStep.DiscoverService(new ServiceName("new")));
    }

    @Test
    void forgetsIgnoredServicesOnceTheirFoldersAreGone() {
        ProjectPlan plan = plan(
                new Wish().accepted("dev").ignoring("old", "gone"),
                new Seen().shipyard(valid("dev")).stage(DEV, false, "old"));

        assertThat(plan.steps()).containsExactly(new ProjectStep.ForgetIgnored(Set.of("gone")));
    }

    private ProjectPlan plan(Wish wish, Seen seen) {
        return planner.plan(wish.intent(), seen.project(), Set.of());
    }

    private static Reason reason(ProjectPlan plan) {
        return plan.outcome() instanceof Outcome.Stalled(Reason reason, String message) ? reason : Reason.SUCCEEDED;
    }

    private static ShipyardInGit valid(String... stages) {
        return new ShipyardInGit.Valid(shipyard(stages));
    }

    private static ShipyardInGit absent() {
        return new ShipyardInGit.Absent(false);
    }

    private static Shipyard shipyard(String... stages) {
        StringBuilder text = new StringBuilder("apiVersion: spec.keptn.sh/0.2.2\nspec:\n  stages:\n");
        for (String stage : stages) {
            text.append("  - name: ").append(stage).append('\n');
        }
        return Shipyard.parse(text.toString());
    }

    /** A project's wish, with everything at its default until said. */
    private static final class Wish {
        private boolean adopts = true;
        private boolean recreate;
        private Optional<String> initial = Optional.empty();
        private Optional<Shipyard> lastValid = Optional.empty();
        private NameList accepted = NameList.EMPTY;
        private NameList ignored = NameList.EMPTY;
        private NameList confirmed = NameList.EMPTY;

        Wish refusing() {
            adopts = false;
            return this;
        }

        Wish recreating() {
            recreate = true;
            return this;
        }

        Wish initial(String... stages) {
            initial = Optional.of(shipyard(stages).content());
            return this;
        }

        Wish initialText(String text) {
            initial = Optional.of(text);
            return this;
        }

        Wish lastValid(String... stages) {
            lastValid = Optional.of(shipyard(stages));
            return this;
        }

        Wish accepted(String... stages) {
            accepted = NameList.EMPTY.plus(List.of(stages));
            return this;
        }

        Wish ignoring(String... services) {
            ignored = NameList.EMPTY.plus(List.of(services));
            return this;
        }

        Wish confirmed(String... stages) {
            confirmed = NameList.EMPTY.plus(List.of(stages));
            return this;
        }

        ProjectIntent intent() {
            GitUrl url = new GitUrl("https://git.example.org/sockshop.git");
            ProjectSettings settings = new ProjectSettings(
                    new ProjectName("sockshop"),
                    "keptn",
                    "uid",
                    Optional.of(url),
                    Optional.empty(),
                    Layout.BRANCH,
                    "git-credentials-sockshop",
                    false,
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1));
            return new ProjectIntent(
                    settings,
                    Instant.EPOCH,
                    adopts,
                    true,
                    initial,
                    accepted,
                    ignored,
                    confirmed,
                    recreate,
                    false,
                    Optional.empty(),
                    lastValid,
                    lastValid.isPresent());
        }
    }

    /** An upstream that holds a stranger's project until said otherwise. */
    private static final class Seen {
        private boolean initialized = true;
        private boolean ours;
        private Optional<CommitId> head = Optional.of(HEAD);
        private ShipyardInGit shipyard = absent();
        private final Map<StageName, ObservedStage> stages = new LinkedHashMap<>();

        Seen empty() {
            initialized = false;
            head = Optional.empty();
            return this;
        }

        Seen ours() {
            ours = true;
            return this;
        }

        Seen shipyard(ShipyardInGit found) {
            shipyard = found;
            return this;
        }

        Seen stage(StageName name, boolean made, String... folders) {
            stages.put(
                    name,
                    new ObservedStage(
                            name.value(),
                            HEAD,
                            made,
                            List.of(folders).stream().map(ServiceFolder::new).toList()));
            return this;
        }

        ObservedProject project() {
            return new ObservedProject("main", head, initialized, ours, shipyard, stages);
        }
    }
}
