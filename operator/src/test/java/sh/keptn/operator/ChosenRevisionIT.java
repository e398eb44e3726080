package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static sh.keptn.operator.Scene.configMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** People choose what runs: by the sequence, by a pin, or by holding everything. */
class ChosenRevisionIT {
    @RegisterExtension
    static final OperatorExtension keptn = new OperatorExtension();

    @Test
    void onSequenceWhatIsAvailableWaitsUntilItIsChosen() {
        Scene scene = Scene.named(keptn, "sequence");
        keptn.apply(Samples.projectYaml(
                        scene.project(), keptn.upstream(scene.project()).gitRemoteUrl(), "branch: main", "dev")
                .replace("  initialShipyard:", "  stages:\n  - name: dev\n    deploy: OnSequence\n  initialShipyard:"));
        keptn.awaitReady(scene.project());
        scene.open();
        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'one'"));
        scene.await(() -> {
            assertThat(scene.reason("dev", "carts")).isEqualTo("WaitingForSequence");
            assertThat(scene.status("dev", "carts").availableRevision())
                    .isEqualTo("dev@sha1:" + scene.git().head("dev"));
        });
        assertThat(scene.config("one")).isEmpty();
        String chosen = scene.git().head("dev");

        scene.patch("dev", "carts", "{\"spec\":{\"revision\":\"" + chosen.substring(0, 10) + "\"}}");

        scene.await(() -> assertThat(scene.config("one")).isPresent());
        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'two'"));
        scene.await(() -> assertThat(scene.status("dev", "carts").availableRevision())
                .isEqualTo("dev@sha1:" + scene.git().head("dev")));
        assertThat(scene.config("one").orElseThrow().getData()).containsEntry("text", "one");
    }

    @Test
    void aPinHoldsACommitAndAnUnknownOneIsToldOff() {
        Scene scene = Scene.ready(keptn, "pinned", "dev");
        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'one'"));
        scene.awaitReady("dev", "carts");
        String old = scene.git().head("dev");
        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'two'"));
        scene.awaitText("one", "two");

        scene.patch("dev", "carts", "{\"spec\":{\"revision\":\"" + old + "\"}}");
        scene.awaitText("one", "one");
        scene.patch("dev", "carts", "{\"spec\":{\"revision\":\"0123456789\"}}");
        scene.await(() -> assertThat(scene.reason("dev", "carts")).isEqualTo("RevisionNotFound"));
        scene.patch("dev", "carts", "{\"spec\":{\"revision\":null}}");

        scene.awaitText("one", "two");
        scene.awaitReady("dev", "carts");
    }

    @Test
    void aSuspendedDeploymentWaits() {
        Scene scene = Scene.ready(keptn, "suspended", "dev");
        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'one'"));
        scene.awaitReady("dev", "carts");
        scene.patch("dev", "carts", "{\"spec\":{\"suspend\":true}}");
        scene.await(() -> assertThat(scene.reason("dev", "carts")).isEqualTo("Suspended"));

        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'two'"));
        assertThat(scene.config("one").orElseThrow().getData()).containsEntry("text", "one");
        scene.patch("dev", "carts", "{\"spec\":{\"suspend\":null}}");

        scene.awaitText("one", "two");
    }
}
