package sh.keptn.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.core.error.KeptnException;

class ShipyardTest {
    private static final String SOCKSHOP = """
            apiVersion: spec.keptn.sh/0.2.2
            kind: Shipyard
            spec:
              stages:
                - name: dev
                  sequences:
                    - name: delivery
                - name: prod
                  sequences:
                    - name: delivery
                      triggeredOn:
                        - event: dev.delivery.finished
            """;

    @Test
    void readsStagesInTheirOrderAndWhatTriggersThem() {
        Shipyard shipyard = Shipyard.parse(SOCKSHOP);

        assertThat(shipyard.stageNames()).containsExactly(new StageName("dev"), new StageName("prod"));
        assertThat(shipyard.stages().get(1).parents()).containsExactly("dev");
        assertThat(shipyard.content()).isEqualTo(SOCKSHOP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "just text",
                "apiVersion: spec.keptn.sh/0.2.0",
                "apiVersion: spec.keptn.sh/0.1.9\nspec: {stages: [{name: dev}]}",
                "spec: {stages: [{name: dev}]}",
                "apiVersion: spec.keptn.sh/0.2.0\nspec: {stages: []}",
                "apiVersion: spec.keptn.sh/0.2.0\nspec: {stages: [{name: Dev}]}",
                "apiVersion: spec.keptn.sh/0.2.0\nspec: {stages: [{name: dev}, {name: dev}]}",
                "apiVersion: spec.keptn.sh/0.2.0\nspec: {stages: [{}]}",
                "apiVersion: 'unclosed"
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Shipyard.parse(text)).isInstanceOf(KeptnException.class);
    }

    @Test
    void refusesABombOfAliases() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d,*a%d]%n".formatted(i, i, i - 1, i - 1));
        }

        assertThatThrownBy(() -> Shipyard.parse(bomb.toString())).isInstanceOf(KeptnException.class);
        assertThatThrownBy(() -> Shipyard.parse("[".repeat(1000))).isInstanceOf(KeptnException.class);
        assertThatThrownBy(() -> Shipyard.parse("#".repeat(Shipyard.MAX_BYTES + 1)))
                .isInstanceOf(KeptnException.class);
    }

    @Test
    void refusesAStageOnTheDefaultBranch() {
        assertThatThrownBy(() -> Shipyard.parse(SOCKSHOP).requireNoStageNamed("dev"))
                .isInstanceOf(KeptnException.class);
        Shipyard.parse(SOCKSHOP).requireNoStageNamed("main");
    }

    @Test
    void locatesScopesInBothLayouts() {
        Scope service = new Scope.OfService(new StageName("dev"), new ServiceName("carts"));

        assertThat(Layout.BRANCH.locate(service, "main")).isEqualTo(new Location("dev", "carts"));
        assertThat(Layout.DIRECTORY.locate(service, "main")).isEqualTo(new Location("main", ".keptn-stages/dev/carts"));
        assertThat(Layout.DIRECTORY.locate(new Scope.OfProject(), "main")).isEqualTo(new Location("main", ""));
    }
}
