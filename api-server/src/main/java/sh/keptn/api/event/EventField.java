package sh.keptn.api.event;

import java.util.Arrays;
import java.util.Optional;

/** The fields that events can be found by: a closed set, so that no text of a client ever names a field. */
public enum EventField {
    ID("id"),
    CONTEXT("shkeptncontext"),
    TYPE("type"),
    SOURCE("source"),
    TRIGGERED_ID("triggeredid"),
    GIT_COMMIT_ID("gitcommitid"),
    PROJECT("data.project"),
    STAGE("data.stage"),
    SERVICE("data.service"),
    RESULT("data.result"),
    STATUS("data.status");

    private final String filterKey;

    EventField(String filterKey) {
        this.filterKey = filterKey;
    }

    /** The field as Keptn's filter expressions name it. */
    public String filterKey() {
        return filterKey;
    }

    /** The field of that name in a filter expression. */
    public static Optional<EventField> ofFilterKey(String key) {
        return Arrays.stream(values())
                .filter(field -> field.filterKey.equals(key))
                .findFirst();
    }
}
