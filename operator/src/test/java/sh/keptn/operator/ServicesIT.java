package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.crds.service.KeptnServiceStatus;
import sh.keptn.operator.condition.Conditions;

/** Services by kubectl and by git push, and what becomes of their folders. */
class ServicesIT {
    @RegisterExtension
    static final OperatorExtension keptn = new OperatorExtension();

    @Test
    void anAppliedServiceGetsItsFolderOnEveryStageOnce() {
        Checkout clone = ready("sockshop", "dev", "prod");

        keptn.applyService("sockshop", "carts");

        keptn.awaitServiceReady("sockshop.carts");
        assertThat(clone.subjects("dev")).last().isEqualTo("Added service: carts");
        assertThat(clone.show("prod", "carts/metadata.yaml"))
                .startsWith("servicename: carts\ncreationtimestamp: ")
                .endsWith(" +0000 UTC\n");
        assertThat(clone.subjects("dev").stream().filter("Added service: carts"::equals))
                .hasSize(1);
        keptn.awaitProject(
                "sockshop",
                project -> assertThat(OperatorExtension.status(project)
                                .stages()
                                .getFirst()
                                .services())
                        .isEqualTo(1));
        assertThat(status("sockshop.carts").stageSummary()).isEqualTo("dev prod");
    }

    @Test
    void aServiceBeforeItsProjectWaitsForIt() {
        keptn.applyService("late", "carts");
        keptn.awaitService(
                "late.carts", service -> assertThat(ready(service).getReason()).isEqualTo("ProjectNotFound"));

        Checkout clone = ready("late", "dev");

        keptn.awaitServiceReady("late.carts");
        assertThat(clone.files("dev")).contains("carts/metadata.yaml");
    }

    @Test
    void aPushedFolderBecomesAServiceAndNothingIsWrittenForIt() {
        Checkout clone = ready("found", "dev", "prod");
        clone.push("dev", "carts/helm/Chart.yaml", "name: carts");
        clone.push("dev", "docs/readme.md", "no service");
        clone.push("dev", "bad name/values.yaml", "image: x");
        String head = clone.head("dev");

        keptn.reconcileNow("found");

        keptn.awaitServiceReady("found.carts");
        KeptnService service = keptn.service("found.carts").orElseThrow();
        assertThat(Conditions.find(status("found.carts").conditions(), "Present"))
                .hasValueSatisfying(present -> {
                    assertThat(present.getStatus()).isEqualTo("False");
                    assertThat(present.getMessage()).contains("prod");
                });
        assertThat(service.getMetadata().getOwnerReferences())
                .extracting(owner -> owner.getName())
                .containsExactly("found");
        assertThat(clone.head("dev")).isEqualTo(head);
        assertThat(keptn.service("found.docs")).isEmpty();
        keptn.awaitProject(
                "found",
                project -> assertThat(OperatorExtension.status(project).ignoredFolders())
                        .containsExactly("bad name"));
        assertThat(keptn.eventReasons("found")).contains("ServiceDiscovered", "FolderIgnored");
    }

    @Test
    void aStageThatComesLaterGetsTheFoldersOfTheServices() {
        Checkout clone = ready("grown", "dev");
        keptn.applyService("grown", "carts");
        keptn.awaitServiceReady("grown.carts");

        clone.push("main", "shipyard.yaml", Samples.shipyard("dev", "prod"));
        keptn.reconcileNow("grown");

        await().untilAsserted(() -> assertThat(clone.files("prod")).contains("carts/metadata.yaml"));
    }

    @Test
    void aVanishedFolderIsReportedAndMadeAgainOnlyWhenAsked() {
        Checkout clone = ready("vanished", "dev");
        keptn.applyService("vanished", "carts");
        keptn.awaitServiceReady("vanished.carts");
        clone.git("fetch", "-q");
        clone.git("checkout", "-q", "-B", "dev", "origin/dev");
        clone.git("rm", "-q", "-r", "carts");
        clone.git("commit", "-q", "-m", "away with it");
        clone.git("push", "-q", "origin", "dev");
        keptn.reconcileNow("vanished");
        keptn.awaitService(
                "vanished.carts",
                service -> assertThat(ready(service).getReason()).isEqualTo("FolderMissing"));
        assertThat(clone.files("dev")).doesNotContain("carts/metadata.yaml");

        keptn.annotateService("vanished.carts", Annotations.RECREATE, "true");

        keptn.awaitServiceReady("vanished.carts");
        assertThat(clone.files("dev")).contains("carts/metadata.yaml");
    }

    @Test
    void aServiceDeletedWithItsFolderLeavesTheUpstreamFirst() {
        Checkout clone = ready("gone", "dev", "prod");
        keptn.applyService("gone", "carts");
        keptn.awaitServiceReady("gone.carts");

        keptn.annotateService("gone.carts", Annotations.DELETE_FOLDER, "true");
        delete("gone.carts");

        assertThat(clone.subjects("prod")).last().isEqualTo("Removed service: carts");
        assertThat(clone.files("dev")).doesNotContain("carts/metadata.yaml");
        keptn.reconcileNow("gone");
        assertThat(keptn.service("gone.carts")).isEmpty();
    }

    @Test
    void aServiceDeletedWithoutItsFolderIsNotDiscoveredAgain() {
        Checkout clone = ready("left", "dev");
        keptn.applyService("left", "carts");
        keptn.awaitServiceReady("left.carts");

        delete("left.carts");

        assertThat(clone.files("dev")).contains("carts/metadata.yaml");
        keptn.reconcileNow("left");
        keptn.reconcileNow("left");
        assertThat(keptn.service("left.carts")).isEmpty();
        assertThat(keptn.project("left").getMetadata().getAnnotations())
                .containsEntry(Annotations.IGNORED_SERVICES, "carts");

        keptn.applyService("left", "carts");
        keptn.awaitServiceReady("left.carts");
        keptn.awaitProject(
                "left",
                project -> assertThat(project.getMetadata().getAnnotations())
                        .doesNotContainKey(Annotations.IGNORED_SERVICES));
    }

    @Test
    void aServiceWhoseNameIsNoDnsNameBearsAHash() {
        ready("hashed", "dev");
        String service = """
                apiVersion: keptn.sh/v1alpha1
                kind: KeptnService
                metadata:
                  name: %s
                spec:
                  project: hashed
                  service: My_Carts
                """;

        keptn.apply(service.formatted("hashed.my-carts-00000000"));

        keptn.awaitService("hashed.my-carts-00000000", found -> {
            assertThat(ready(found).getReason()).isEqualTo("InvalidSpec");
            assertThat(ready(found).getMessage()).contains("hashed.my-carts-");
        });
        String message =
                ready(keptn.service("hashed.my-carts-00000000").orElseThrow()).getMessage();
        String expected = message.substring(message.indexOf('\'') + 1, message.lastIndexOf('\''));
        keptn.apply(service.formatted(expected));
        keptn.awaitServiceReady(expected);
    }

    @Test
    void servicesThatWereDiscoveredGoWithTheirProjectAndAppliedOnesWait() {
        Checkout clone = ready("ended", "dev");
        clone.push("dev", "found/values.yaml", "image: x");
        keptn.reconcileNow("ended");
        keptn.awaitServiceReady("ended.found");
        keptn.applyService("ended", "applied");
        keptn.awaitServiceReady("ended.applied");
        List<String> before = clone.subjects("dev");

        keptn.client().resource(keptn.project("ended")).delete();

        await().until(() -> keptn.client()
                        .resources(KeptnProject.class)
                        .inNamespace(keptn.namespace())
                        .withName("ended")
                        .get()
                == null);
        await().until(() -> keptn.service("ended.found").isEmpty());
        keptn.awaitService(
                "ended.applied",
                service -> assertThat(ready(service).getReason()).isEqualTo("ProjectNotFound"));
        assertThat(clone.subjects("dev")).isEqualTo(before);
    }

    @Test
    void theDirectoryLayoutKeepsServicesBelowTheirStage() {
        String url = keptn.upstream("folders").gitRemoteUrl();
        keptn.apply(Samples.projectYaml("folders", url, "layout: Directory", "dev", "prod"));
        keptn.awaitReady("folders");
        Checkout clone = keptn.clone("folders");

        keptn.applyService("folders", "carts");
        keptn.awaitServiceReady("folders.carts");
        clone.push(
                "main",
                ".keptn-stages/dev/found/k8s/app.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: found}\n");
        keptn.reconcileNow("folders");

        keptn.awaitServiceReady("folders.found");
        assertThat(clone.files("main"))
                .contains(".keptn-stages/dev/carts/metadata.yaml", ".keptn-stages/prod/carts/metadata.yaml");
    }

    private static Checkout ready(String project, String... stages) {
        keptn.applyProject(project, keptn.upstream(project).gitRemoteUrl(), stages);
        keptn.awaitReady(project);
        return keptn.clone(project);
    }

    private static Condition ready(KeptnService service) {
        return Optional.ofNullable(service.getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), "Ready"))
                .orElseThrow(() -> new AssertionError("no status yet"));
    }

    private static KeptnServiceStatus status(String service) {
        return Objects.requireNonNull(keptn.service(service).orElseThrow().getStatus());
    }

    private static void delete(String service) {
        keptn.client().resource(keptn.service(service).orElseThrow()).delete();
        await().until(() -> keptn.service(service).isEmpty());
    }
}
