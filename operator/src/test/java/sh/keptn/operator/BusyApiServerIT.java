package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static sh.keptn.operator.Scene.configMap;

import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An API server that has too much to do is given the time it asks for. */
class BusyApiServerIT {
    /** The first to come, and so the last to go: the operator ends through it. */
    @RegisterExtension
    @Order(1)
    static final ApiProxy proxy = new ApiProxy(Installation.admin());

    @RegisterExtension
    @Order(2)
    static final OperatorExtension keptn = new OperatorExtension().through(proxy::through);

    @AfterEach
    void noneCameTooEarly() {
        assertThat(proxy.left()).as("refusals that nobody met").isZero();
        assertThat(proxy.tooEarly()).isEmpty();
    }

    @Test
    void c5ARefusedApplyIsSentAgainWhenTheApiServerAsksForIt() {
        Scene scene = Scene.ready(keptn, "busy", "dev");
        proxy.tooMany(2, Duration.ofSeconds(2), applies(scene));

        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'one'"));

        scene.awaitReady("dev", "carts");
        assertThat(scene.config("one")).isPresent();
    }

    @Test
    void c5AnApiServerThatStaysBusyIsLeftAloneForAWhileAndThatIsSaid() {
        Scene scene = Scene.ready(keptn, "busier", "dev");
        proxy.tooMany(5, Duration.ofSeconds(2), applies(scene));

        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'one'"));

        scene.awaitReason("dev", "carts", "ApplyFailed", "ConfigMap", "busy");
        scene.awaitReady("dev", "carts");
        assertThat(scene.config("one")).isPresent();
    }

    @Test
    void c5AStatusIsWrittenOnceTheApiServerHasTime() {
        Scene scene = Scene.ready(keptn, "written", "dev");
        proxy.tooMany(
                2,
                Duration.ofSeconds(1),
                request -> request.startsWith("PATCH")
                        && request.endsWith("/keptnservicedeployments/" + scene.name("dev", "carts") + "/status"));

        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'one'"));

        scene.awaitReady("dev", "carts");
    }

    private static Predicate<String> applies(Scene scene) {
        return request -> request.equals("PATCH /api/v1/namespaces/" + scene.namespace() + "/configmaps/one");
    }
}
