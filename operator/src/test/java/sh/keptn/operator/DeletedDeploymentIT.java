package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static sh.keptn.operator.Scene.configMap;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.Finalizers;
import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.crds.service.KeptnService;

/** Deployments that go. */
class DeletedDeploymentIT {
    @RegisterExtension
    static final OperatorExtension keptn = new OperatorExtension();

    @Test
    void deletionTakesTheObjectsAlongOrLeavesThemAndAsksNoUpstream() {
        Scene scene = Scene.ready(keptn, "ended", "dev");
        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'one'"));
        scene.push("dev", "kept/manifests/two.yaml", configMap("two", "'two'"));
        scene.awaitReady("dev", "carts");
        scene.awaitReady("dev", "kept");
        keptn.client()
                .resources(KeptnService.class)
                .inNamespace(keptn.namespace())
                .withName(scene.project() + ".kept")
                .patch(Scene.MERGE, "{\"spec\":{\"deletionPolicy\":\"Orphan\"}}");
        scene.await(() -> assertThat(scene.deployment("dev", "kept")
                        .getSpec()
                        .deletionPolicyOrDefault()
                        .name())
                .isEqualTo("Orphan"));
        keptn.patchProject(scene.project(), "{\"spec\":{\"git\":{\"url\":\"http://127.0.0.1:1/gone.git\"}}}");

        keptn.client().resource(keptn.project(scene.project())).delete();

        scene.await(() -> assertThat(keptn.client()
                        .resources(KeptnServiceDeployment.class)
                        .inNamespace(keptn.namespace())
                        .list()
                        .getItems())
                .noneMatch(found -> found.getSpec().project().equals(scene.project())));
        assertThat(scene.config("one")).isEmpty();
        assertThat(scene.config("two")).isPresent();
    }

    @Test
    void aStageThatIsGivenUpIsPrunedOnceThatIsConfirmed() {
        Scene scene = Scene.ready(keptn, "stages", "dev", "qa");
        scene.push("qa", "carts/manifests/one.yaml", configMap("one", "'one'"));
        String namespace = scene.project() + "-qa";
        scene.await(() -> assertThat(scene.config(namespace, "one")).isPresent());
        scene.git().push("main", "shipyard.yaml", Samples.shipyard("dev"));
        keptn.reconcileNow(scene.project());
        assertThat(scene.config(namespace, "one")).isPresent();

        keptn.annotateProject(scene.project(), Annotations.CONFIRM_STAGE_REMOVAL, "qa");

        scene.await(() -> {
            assertThat(scene.config(namespace, "one")).isEmpty();
            assertThat(keptn.client()
                            .resources(KeptnServiceDeployment.class)
                            .inNamespace(keptn.namespace())
                            .withName(scene.name("qa", "carts"))
                            .get())
                    .isNull();
        });
    }

    @Test
    void g5OneServiceGoesWhileTheUpstreamIsDown() {
        Scene scene = Scene.ready(keptn, "alone", "dev");
        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'one'"));
        scene.push("dev", "orders/manifests/two.yaml", configMap("two", "'two'"));
        scene.awaitReady("dev", "carts");
        scene.awaitReady("dev", "orders");
        keptn.stopGit();
        try {
            keptn.client()
                    .resources(KeptnService.class)
                    .inNamespace(keptn.namespace())
                    .withName(scene.project() + ".carts")
                    .delete();

            scene.awaitGone("dev", "carts");
            scene.await(() -> {
                assertThat(keptn.service(scene.project() + ".carts")).isEmpty();
                assertThat(scene.config("one")).isEmpty();
            });
            assertThat(scene.config("two")).isPresent();
        } finally {
            keptn.startGit();
        }
    }

    @Test
    void c13AServiceThatIsDeletedAndMadeAgainBeginsAnew() {
        Scene scene = Scene.ready(keptn, "again", "dev");
        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'one'"));
        scene.awaitReady("dev", "carts");
        String before = scene.deployment("dev", "carts").getMetadata().getUid();
        keptn.client()
                .resources(KeptnService.class)
                .inNamespace(keptn.namespace())
                .withName(scene.project() + ".carts")
                .delete();

        scene.await(() -> assertThat(keptn.service(scene.project() + ".carts")).isEmpty());

        keptn.applyService(scene.project(), "carts");

        scene.await(() -> {
            assertThat(scene.deployment("dev", "carts").getMetadata().getUid()).isNotEqualTo(before);
            assertThat(scene.status("dev", "carts").history()).hasSize(1);
            assertThat(scene.reason("dev", "carts")).isEqualTo("Succeeded");
            assertThat(scene.config("one")).isPresent();
        });
    }

    /** However kubectl is told to delete: its objects go with a deployment, and both are made again, as Git wants them. */
    @ParameterizedTest
    @EnumSource(DeletionPropagation.class)
    void c14ADeploymentDeletedByHandIsMadeAgainWithItsObjects(DeletionPropagation how) {
        Scene scene = Scene.ready(keptn, "by-hand", "dev");
        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'one'"));
        scene.awaitReady("dev", "carts");
        String deployment = scene.deployment("dev", "carts").getMetadata().getUid();
        String object = scene.config("one").orElseThrow().getMetadata().getUid();

        keptn.client()
                .resource(scene.deployment("dev", "carts"))
                .withPropagationPolicy(how)
                .delete();

        scene.await(() -> {
            assertThat(scene.deployment("dev", "carts").getMetadata().getUid()).isNotEqualTo(deployment);
            assertThat(scene.config("one"))
                    .hasValueSatisfying(
                            made -> assertThat(made.getMetadata().getUid()).isNotEqualTo(object));
            assertThat(scene.reason("dev", "carts")).isEqualTo("Succeeded");
        });
    }

    @Test
    void c2ADeploymentWhoseFinalizerSomebodyTookAwayHarmsNobody() {
        Scene scene = Scene.ready(keptn, "bare", "dev");
        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'one'"));
        scene.awaitReady("dev", "carts");
        scene.patch("dev", "carts", "{\"metadata\":{\"finalizers\":null}}");

        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'two'"));

        scene.awaitText("one", "two");
        scene.awaitReady("dev", "carts");
        scene.await(
                () -> assertThat(scene.deployment("dev", "carts").getMetadata().getFinalizers())
                        .contains(Finalizers.DEPLOYMENT));
    }

    @Test
    void g13AStageBranchThatIsDeletedTakesNothingDown() {
        Scene scene = Scene.ready(keptn, "branch", "dev");
        scene.push("dev", "carts/manifests/one.yaml", configMap("one", "'one'"));
        scene.awaitReady("dev", "carts");

        scene.git().git("push", "-q", "origin", "--delete", "dev");
        keptn.reconcileNow(scene.project());

        scene.awaitReason("dev", "carts", "StageBranchMissing", "what runs goes on");
        assertThat(scene.config("one")).isPresent();
        assertThat(scene.git().branches()).doesNotContain("dev");
    }
}
