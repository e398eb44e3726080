package sh.keptn.operator.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.StageName;
import sh.keptn.operator.cluster.NameList;

class ServicePlannerTest {
    private static final StageName DEV = new StageName("dev");
    private static final StageName PROD = new StageName("prod");

    private final ServicePlanner planner = new ServicePlanner();

    @Test
    void makesTheFolderWhereServiceAndStageMeetForTheFirstTime() {
        ServicePlan plan = planner.plan(intent(false), seen(Map.of(DEV, false, PROD, false)));

        assertThat(plan.create()).containsExactlyInAnyOrder(DEV, PROD);
    }

    @Test
    void takesAFolderThatIsThereAsItIs() {
        ServicePlan plan = planner.plan(intent(false), seen(Map.of(DEV, true)));

        assertThat(plan.create()).isEmpty();
        assertThat(plan.accepted()).containsExactly(DEV);
    }

    @Test
    void doesNotMakeAVanishedFolderAgainUnasked() {
        assertThat(planner.plan(intent(false, "dev"), seen(Map.of(DEV, false))).isEmpty())
                .isTrue();
    }

    @Test
    void makesAVanishedFolderAgainWhenAsked() {
        ServicePlan plan = planner.plan(intent(true, "dev"), seen(Map.of(DEV, false)));

        assertThat(plan.create()).containsExactly(DEV);
        assertThat(plan.clearRecreate()).isTrue();
    }

    @Test
    void makesTheFolderOnAStageThatCameLater() {
        ServicePlan plan = planner.plan(intent(false, "dev"), seen(Map.of(DEV, true, PROD, false)));

        assertThat(plan.create()).containsExactly(PROD);
    }

    @Test
    void waitsForABranchThatIsNotThere() {
        ObservedService seen = new ObservedService(
                Map.of(DEV, new ObservedService.Folder("dev", Optional.empty(), false, Optional.empty())));

        assertThat(planner.plan(intent(false), seen).isEmpty()).isTrue();
    }

    private static ServiceIntent intent(boolean recreate, String... scaffolded) {
        return new ServiceIntent(
                new ServiceName("carts"),
                new ProjectName("sockshop"),
                Instant.EPOCH,
                NameList.EMPTY.plus(List.of(scaffolded)),
                recreate);
    }

    private static ObservedService seen(Map<StageName, Boolean> presence) {
        Map<StageName, ObservedService.Folder> stages = new LinkedHashMap<>();
        presence.forEach((stage, present) -> stages.put(
                stage,
                new ObservedService.Folder(
                        stage.value(), Optional.of(new CommitId("a".repeat(40))), present, Optional.empty())));
        return new ObservedService(stages);
    }
}
