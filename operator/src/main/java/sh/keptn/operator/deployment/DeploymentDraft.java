package sh.keptn.operator.deployment;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sh.keptn.crds.ConditionType;
import sh.keptn.crds.Reason;
import sh.keptn.crds.deployment.DeploymentResult;
import sh.keptn.crds.deployment.Engine;
import sh.keptn.crds.deployment.HistoryEntry;
import sh.keptn.crds.deployment.InventoryEntry;
import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.crds.deployment.KeptnServiceDeploymentStatus;
import sh.keptn.operator.condition.Conditions;
import sh.keptn.operator.condition.Outcome;
import sh.keptn.operator.health.Health;

/** A new status while a pass makes it: it begins as the old one, and what a pass does not speak of stays. */
final class DeploymentDraft {
    private static final int HISTORY = 5;
    private static final int MAX_HISTORY_MESSAGE = 1024;
    private static final int MAX_LIST = 100;

    private final KeptnServiceDeployment resource;
    private final KeptnServiceDeploymentStatus before;
    private final Clock clock;
    private @Nullable String attempted;
    private @Nullable String applied;
    private @Nullable String healthy;
    private @Nullable String available;
    private @Nullable String tree;
    private @Nullable Engine engine;
    private List<String> images;
    private List<String> endpoints;
    private List<InventoryEntry> inventory;
    private List<HistoryEntry> history;
    private Consumer<Conditions> appliedCondition = conditions -> conditions.keep(ConditionType.APPLIED);
    private Consumer<Conditions> healthyCondition = conditions -> conditions.keep(ConditionType.HEALTHY);

    DeploymentDraft(KeptnServiceDeployment resource, KeptnServiceDeploymentStatus before, Clock clock) {
        this.resource = resource;
        this.before = before;
        this.clock = clock;
        attempted = before.lastAttemptedRevision();
        applied = before.lastAppliedRevision();
        healthy = before.lastHealthyRevision();
        available = before.availableRevision();
        tree = before.lastAppliedTree();
        engine = before.engine();
        images = before.images();
        endpoints = before.endpoints();
        inventory = before.inventory();
        history = before.history();
    }

    void available(Optional<Revision> revision) {
        available = revision.map(Revision::text).orElse(null);
    }

    /** What waits in Git. */
    Optional<Revision> available() {
        return Revision.parse(available);
    }

    List<InventoryEntry> inventory() {
        return inventory;
    }

    /** The revision that failed stays the one that was attempted last. */
    void rolledBack(Revision failed) {
        attempted = failed.text();
    }

    void attempting(Revision revision) {
        attempted = revision.text();
        appliedCondition =
                conditions -> conditions.unknown(ConditionType.APPLIED, Reason.PROGRESSING, "applying " + revision);
    }

    /** The cluster took all of it. */
    void applied(Revision revision, String folder, Engine by) {
        applied = revision.text();
        tree = folder;
        engine = by;
        appliedCondition =
                conditions -> conditions.yes(ConditionType.APPLIED, Reason.SUCCEEDED, revision + " was applied");
    }

    /** All was taken, but what it replaces is not gone yet. */
    void appliedHalf(Reason reason, String message) {
        appliedCondition = conditions -> conditions.unknown(ConditionType.APPLIED, reason, message);
    }

    void notApplied(Reason reason, String message) {
        appliedCondition = conditions -> conditions.no(ConditionType.APPLIED, reason, message);
    }

    /** Nothing is to run. */
    void nothing(Optional<String> folder, String why) {
        applied = null;
        tree = folder.orElse(null);
        engine = null;
        images = List.of();
        endpoints = List.of();
        appliedCondition = conditions -> conditions.yes(ConditionType.APPLIED, Reason.NOTHING_TO_DEPLOY, why);
        healthyCondition = conditions -> {};
    }

    void inventory(Collection<InventoryEntry> entries) {
        inventory = List.copyOf(entries);
    }

    void footprint(Health.Footprint footprint) {
        images = footprint.images().stream().limit(MAX_LIST).toList();
        endpoints = footprint.endpoints().stream().limit(MAX_LIST).toList();
    }

    /** From here on the time runs that the new objects have to become healthy. */
    void healthBegins(String message) {
        healthyCondition = conditions -> conditions.begin(ConditionType.HEALTHY, Reason.PROGRESSING, message);
    }

    void healthUnknown(String message) {
        healthyCondition = conditions -> conditions.unknown(ConditionType.HEALTHY, Reason.PROGRESSING, message);
    }

    void healthy(Revision revision, String message) {
        healthy = revision.text();
        healthyCondition = conditions -> conditions.yes(ConditionType.HEALTHY, Reason.SUCCEEDED, message);
    }

    void unhealthy(Reason reason, String message) {
        healthyCondition = conditions -> conditions.no(ConditionType.HEALTHY, reason, message);
    }

    /** Notes how a revision ended; the same folder twice in a row is one entry, with the newest word on it. */
    void ended(Revision revision, String folder, DeploymentResult result, @Nullable String message) {
        Optional<HistoryEntry> last = history.stream().findFirst();
        boolean same = last.filter(entry -> entry.tree().equals(folder)).isPresent();
        if (same && last.get().result() == result) {
            return;
        }
        String words = message == null || message.length() <= MAX_HISTORY_MESSAGE
                ? message
                : message.substring(0, MAX_HISTORY_MESSAGE);
        List<HistoryEntry> entries = new ArrayList<>();
        entries.add(new HistoryEntry(
                revision.text(),
                folder,
                result,
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                words));
        history.stream().skip(same ? 1 : 0).limit(HISTORY - 1L).forEach(entries::add);
        history = List.copyOf(entries);
    }

    /** Since when it has not been known whether the objects are healthy; empty if it is known. */
    Optional<Instant> healthUnknownSince() {
        return Conditions.find(before.conditions(), ConditionType.HEALTHY)
                .filter(condition -> "Unknown".equals(condition.getStatus()))
                .map(Condition::getLastTransitionTime)
                .map(Instant::parse);
    }

    /** Whether the objects have been found unhealthy, and nothing better since. */
    boolean wasUnhealthy() {
        return Conditions.find(before.conditions(), ConditionType.HEALTHY)
                .filter(condition -> "False".equals(condition.getStatus()))
                .isPresent();
    }

    KeptnServiceDeploymentStatus before() {
        return before;
    }

    /** The status as it stands now, with the outcome as Ready, Reconciling and Stalled. */
    KeptnServiceDeploymentStatus status(Outcome outcome) {
        Conditions conditions = conditions().outcome(outcome);
        appliedCondition.accept(conditions);
        healthyCondition.accept(conditions);
        return status(conditions, DeploymentIntent.requestedAt(resource).orElse(null));
    }

    /** The status of a deployment that nobody works on. The request annotation stays unanswered. */
    KeptnServiceDeploymentStatus suspended(String message) {
        Conditions conditions =
                conditions().suspended(message).keep(ConditionType.APPLIED).keep(ConditionType.HEALTHY);
        return status(conditions, before.lastHandledRequestedAt());
    }

    private Conditions conditions() {
        return new Conditions(before.conditions(), resource.getMetadata().getGeneration(), clock);
    }

    private KeptnServiceDeploymentStatus status(Conditions conditions, @Nullable String handled) {
        return new KeptnServiceDeploymentStatus(
                resource.getMetadata().getGeneration(),
                conditions.toList(),
                attempted,
                applied,
                healthy,
                available,
                tree,
                engine,
                images,
                endpoints,
                inventory,
                history,
                handled);
    }
}
