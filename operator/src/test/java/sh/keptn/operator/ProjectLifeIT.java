package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.Labels;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.local.git.Provisioned;

/** Projects among each other, their addresses, and their end. */
class ProjectLifeIT {
    @RegisterExtension
    static final OperatorExtension keptn = new OperatorExtension();

    @Test
    void theYoungerOfTwoProjectsOnOneUpstreamIsRefused() {
        Provisioned upstream = keptn.upstream("older");
        keptn.applyProject("older", upstream.gitRemoteUrl(), "dev");
        keptn.awaitReady("older");

        keptn.applyProject("younger", upstream.gitRemoteUrl().replace(".git", "") + "/", "dev");

        assertThat(keptn.awaitNotReady("younger", "UpstreamConflict")).contains("older");
        keptn.reconcileNow("older");
        keptn.awaitReady("older");
    }

    @Test
    void aSuspendedProjectIsLeftAloneUntilItIsNot() {
        Provisioned upstream = keptn.upstream("paused");
        keptn.applyProject("paused", upstream.gitRemoteUrl(), "dev");
        keptn.awaitReady("paused");
        keptn.patchProject("paused", "{\"spec\":{\"suspend\":true}}");
        keptn.awaitProject(
                "paused",
                project -> assertThat(OperatorExtension.condition(project, "Ready"))
                        .hasValueSatisfying(
                                ready -> assertThat(ready.getReason()).isEqualTo("Suspended")));
        Checkout clone = keptn.clone("paused");
        clone.push("main", "shipyard.yaml", Samples.shipyard("dev", "prod"));
        String stamp = "2026-01-01T00:00:00Z";
        keptn.annotateProject("paused", Annotations.REQUESTED_AT, stamp);
        assertThat(clone.branches()).doesNotContain("prod");

        keptn.patchProject("paused", "{\"spec\":{\"suspend\":false}}");

        keptn.awaitProject("paused", project -> {
            assertThat(OperatorExtension.status(project).stageSummary()).isEqualTo("dev,prod");
            assertThat(OperatorExtension.status(project).lastHandledRequestedAt())
                    .isEqualTo(stamp);
        });
    }

    @Test
    void aProjectWithoutAnAddressIsProvisionedAndItsEndGivesTheRepositoryBack() {
        keptn.apply("""
                apiVersion: keptn.sh/v1alpha1
                kind: KeptnProject
                metadata:
                  name: given
                spec:
                  initialShipyard: |
                %s
                """.formatted(Samples.shipyard("dev").indent(4)));

        keptn.awaitReady("given");
        KeptnProject project = keptn.project("given");
        assertThat(project.getSpec().git().url()).startsWith(keptn.git().url().toString());
        assertThat(OperatorExtension.gitOf(project).provisioned()).isTrue();
        assertThat(keptn.clone("given").branches()).contains("dev");

        keptn.client().resource(project).delete();

        awaitGone("given");
        assertThat(keptn.client()
                        .secrets()
                        .inNamespace(keptn.namespace())
                        .withName("git-credentials-given")
                        .get())
                .isNull();
    }

    @Test
    void anAddressIsChangedOnlyWithPermissionAndTheHistoryMoves() {
        Provisioned before = keptn.upstream("moving");
        keptn.applyProject("moving", before.gitRemoteUrl(), "dev");
        keptn.awaitReady("moving");
        String head = keptn.clone("moving").head("dev");
        Provisioned after = keptn.git().provision("moving-target", keptn.namespace());
        keptn.patchProject("moving", "{\"spec\":{\"git\":{\"url\":\"" + after.gitRemoteUrl() + "\"}}}");
        assertThat(keptn.awaitNotReady("moving", "URLChangeRefused")).contains(before.gitRemoteUrl());
        assertThat(keptn.clone("moving-target").branches()).isEmpty();

        keptn.secret("git-credentials-moving", after.gitUser(), after.gitToken());
        keptn.annotateProject("moving", Annotations.ALLOW_URL_CHANGE, "true");

        keptn.awaitReady("moving");
        assertThat(keptn.clone("moving-target").head("dev")).isEqualTo(head);
        assertThat(OperatorExtension.gitOf(keptn.project("moving")).url()).isEqualTo(after.gitRemoteUrl());
        await().untilAsserted(
                        () -> assertThat(keptn.project("moving").getMetadata().getAnnotations())
                                .doesNotContainKey(Annotations.ALLOW_URL_CHANGE));
    }

    @Test
    void deletionDropsTheSecretThatTheApiMadeAndKeepsOthers() {
        for (String name : new String[] {"api-made", "own-secret"}) {
            Provisioned upstream = keptn.upstream(name);
            keptn.applyProject(name, upstream.gitRemoteUrl(), "dev");
            keptn.awaitReady(name);
        }
        keptn.client()
                .secrets()
                .inNamespace(keptn.namespace())
                .withName("git-credentials-api-made")
                .edit(secret -> new SecretBuilder(secret)
                        .editMetadata()
                        .addToLabels(Labels.MANAGED_BY, Labels.MANAGED_BY_API)
                        .addToLabels(Labels.PROJECT, "api-made")
                        .endMetadata()
                        .build());

        keptn.client().resource(keptn.project("api-made")).delete();
        keptn.client().resource(keptn.project("own-secret")).delete();

        awaitGone("api-made");
        awaitGone("own-secret");
        assertThat(keptn.client()
                        .secrets()
                        .inNamespace(keptn.namespace())
                        .list()
                        .getItems())
                .extracting(secret -> secret.getMetadata().getName())
                .contains("git-credentials-own-secret")
                .doesNotContain("git-credentials-api-made");
        assertThat(keptn.clone("api-made").branches()).contains("dev");
    }

    @Test
    void aProjectThatIsDeletedAndMadeAgainTakesUpItsOwnUpstream() {
        Provisioned upstream = keptn.upstream("again");
        keptn.apply(Samples.projectYaml("again", upstream.gitRemoteUrl(), "adoptExisting: false", "dev"));
        keptn.awaitReady("again");
        keptn.client().resource(keptn.project("again")).delete();
        awaitGone("again");
        var before = keptn.clone("again").subjects("main");

        keptn.apply(Samples.projectYaml("again", upstream.gitRemoteUrl(), "adoptExisting: false", "dev"));

        keptn.awaitReady("again");
        assertThat(keptn.clone("again").subjects("main")).isEqualTo(before);
    }

    private static void awaitGone(String project) {
        await().until(() -> keptn.client()
                        .resources(KeptnProject.class)
                        .inNamespace(keptn.namespace())
                        .withName(project)
                        .get()
                == null);
    }
}
