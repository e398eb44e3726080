package sh.keptn.operator.condition;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sh.keptn.crds.ConditionType;
import sh.keptn.crds.Reason;

/**
 * The conditions of a new status, made beside the old ones: {@code lastTransitionTime} moves only when a condition's
 * status does. Reconciling and Stalled stand only while they are true, so that kstatus, Flux, Argo CD and
 * {@code kubectl wait} read the whole alike.
 */
public final class Conditions {
    private static final String TRUE = "True";
    private static final String FALSE = "False";
    private static final String UNKNOWN = "Unknown";
    private static final int MAX_MESSAGE = 4096;

    private final List<Condition> before;
    private final long generation;
    private final Clock clock;
    private final Map<String, Condition> now = new LinkedHashMap<>();

    public Conditions(List<Condition> before, long generation, Clock clock) {
        this.before = List.copyOf(before);
        this.generation = generation;
        this.clock = clock;
    }

    /** Ready, Reconciling and Stalled as the outcome wants them. */
    public Conditions outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(Reason reason, String message) -> put(ConditionType.READY, TRUE, reason, message);
            case Outcome.Waiting waiting ->
                put(ConditionType.READY, FALSE, waiting.reason(), waiting.message())
                        .put(ConditionType.RECONCILING, TRUE, Reason.PROGRESSING, waiting.message());
            case Outcome.Failed(Reason reason, String message) ->
                put(ConditionType.READY, FALSE, reason, message)
                        .put(ConditionType.RECONCILING, TRUE, Reason.PROGRESSING_WITH_RETRY, message);
            case Outcome.Stalled(Reason reason, String message) ->
                put(ConditionType.READY, FALSE, reason, message).put(ConditionType.STALLED, TRUE, reason, message);
        };
    }

    /** Ready as it was, said to be suspended. */
    public Conditions suspended(String message) {
        String status =
                find(before, ConditionType.READY).map(Condition::getStatus).orElse(UNKNOWN);
        return put(ConditionType.READY, status, Reason.SUSPENDED, message);
    }

    /** A condition that is true. */
    public Conditions yes(String type, Reason reason, String message) {
        return put(type, TRUE, reason, message);
    }

    /** A condition that is false. */
    public Conditions no(String type, Reason reason, String message) {
        return put(type, FALSE, reason, message);
    }

    /** A condition of which it is not known yet whether it is true. */
    public Conditions unknown(String type, Reason reason, String message) {
        return put(type, UNKNOWN, reason, message);
    }

    /**
     * A condition that becomes unknown anew, as something else is looked at from here on: its time moves also where it
     * was unknown before.
     */
    public Conditions begin(String type, Reason reason, String message) {
        return put(type, UNKNOWN, reason, message, now());
    }

    /** The condition as it was before, if it stood there: for what was not looked at this time. */
    public Conditions keep(String type) {
        find(before, type).ifPresent(condition -> now.put(type, condition));
        return this;
    }

    public List<Condition> toList() {
        return List.copyOf(now.values());
    }

    /** The condition of that type. */
    public static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }

    /** Whether the condition of that type stands there and is true. */
    public static boolean isTrue(List<Condition> conditions, String type) {
        return find(conditions, type)
                .filter(condition -> TRUE.equals(condition.getStatus()))
                .isPresent();
    }

    private Conditions put(String type, String status, Reason reason, String message) {
        String since = find(before, type)
                .filter(condition -> status.equals(condition.getStatus()))
                .map(Condition::getLastTransitionTime)
                .orElseGet(this::now);
        return put(type, status, reason, message, since);
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private Conditions put(String type, String status, Reason reason, String message, String since) {
        now.put(
                type,
                new ConditionBuilder()
                        .withType(type)
                        .withStatus(status)
                        .withReason(reason.text())
                        .withMessage(message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE))
                        .withLastTransitionTime(since)
                        .withObservedGeneration(generation)
                        .build());
        return this;
    }
}
