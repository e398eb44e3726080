package sh.keptn.operator.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import sh.keptn.core.model.CommitId;
import sh.keptn.crds.deployment.DeploymentResult;
import sh.keptn.crds.deployment.HistoryEntry;
import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.crds.deployment.KeptnServiceDeploymentStatus;
import sh.keptn.operator.condition.Conditions;
import sh.keptn.operator.condition.Outcome;

class DeploymentDraftTest {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

    @Test
    void keepsWhatAPassDoesNotSpeakOf() {
        KeptnServiceDeployment resource = resource();
        DeploymentDraft first = draft(resource, THEN);
        first.ended(revision('a'), "tree", DeploymentResult.Healthy, null);
        first.healthy(revision('a'), "running");
        resource.setStatus(first.status(new Outcome.Done("running")));

        KeptnServiceDeploymentStatus second = draft(resource, NOW).status(new Outcome.Done("running"));

        assertThat(second).isEqualTo(resource.getStatus());
    }

    @Test
    void listsAFolderOnceInARowWithTheNewestWordOnIt() {
        DeploymentDraft draft = draft(resource(), NOW);

        draft.ended(revision('a'), "tree", DeploymentResult.Failed, "too slow");
        draft.ended(revision('b'), "tree", DeploymentResult.Healthy, null);

        assertThat(draft.status(new Outcome.Done("running")).history())
                .extracting(HistoryEntry::revision, HistoryEntry::result)
                .containsExactly(tuple(revision('b').text(), DeploymentResult.Healthy));
    }

    @Test
    void remembersFive() {
        DeploymentDraft draft = draft(resource(), NOW);

        for (char digit : "0123456".toCharArray()) {
            draft.ended(revision(digit), "tree" + digit, DeploymentResult.Healthy, null);
        }

        assertThat(draft.status(new Outcome.Done("running")).history())
                .extracting(HistoryEntry::tree)
                .containsExactly("tree6", "tree5", "tree4", "tree3", "tree2");
    }

    @Test
    void theTimeToBecomeHealthyRunsFromWhenItBegan() {
        KeptnServiceDeployment resource = resource();
        DeploymentDraft first = draft(resource, THEN);
        first.healthBegins("rolling out");
        resource.setStatus(first.status(new Outcome.Done("")));
        DeploymentDraft second = draft(resource, NOW);
        second.healthUnknown("still rolling out");
        resource.setStatus(second.status(new Outcome.Done("")));

        assertThat(draft(resource, NOW).healthUnknownSince()).contains(THEN);
    }

    @Test
    void anotherRolloutBeginsTheTimeAnew() {
        KeptnServiceDeployment resource = resource();
        DeploymentDraft first = draft(resource, THEN);
        first.healthBegins("rolling out");
        resource.setStatus(first.status(new Outcome.Done("")));
        DeploymentDraft second = draft(resource, NOW);
        second.healthBegins("rolling out another");

        Condition healthy = Conditions.find(second.status(new Outcome.Done("")).conditions(), "Healthy")
                .orElseThrow();

        assertThat(healthy.getLastTransitionTime()).isEqualTo(NOW.toString());
    }

    private static DeploymentDraft draft(KeptnServiceDeployment resource, Instant now) {
        return new DeploymentStatusFactory(Clock.fixed(now, ZoneOffset.UTC)).draft(resource);
    }

    private static KeptnServiceDeployment resource() {
        KeptnServiceDeployment resource = new KeptnServiceDeployment();
        resource.setMetadata(new ObjectMetaBuilder()
                .withName("sockshop.dev.carts")
                .withGeneration(1L)
                .build());
        return resource;
    }

    private static Revision revision(char digit) {
        return new Revision("dev", new CommitId(String.valueOf(digit).repeat(40)));
    }
}
