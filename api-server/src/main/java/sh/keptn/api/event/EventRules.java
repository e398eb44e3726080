package sh.keptn.api.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import sh.keptn.core.config.Env;
import sh.keptn.core.error.KeptnException;

/**
 * Keptn's strict check of events, which an installation may ask for. Without it every type and content is taken.
 *
 * @param strict whether to check
 * @param maxBytes of an event, if it is checked; 0 for no limit
 */
public record EventRules(boolean strict, long maxBytes) {
    private static final long DEFAULT_MAX_BYTES = 64 * 1024;
    private static final Set<String> UNCHECKED = Set.of("sh.keptn.log.error", "sh.keptn.events.problem");
    private static final String CONFIGURE_MONITORING = "sh.keptn.event.monitoring.configure";
    private static final int TASK_PARTS = 5;
    private static final int SEQUENCE_PARTS = 6;
    private static final int STAGE_PART = 3;

    /** KEPTN_EVENT_VALIDATION (off, as in Keptn's chart) and KEPTN_MAX_EVENT_SIZE. */
    public static EventRules from(Env env) {
        return new EventRules(
                env.flag("KEPTN_EVENT_VALIDATION", false), env.bytes("KEPTN_MAX_EVENT_SIZE", DEFAULT_MAX_BYTES));
    }

    void check(IncomingEvent event, int bytes) {
        if (!strict) {
            return;
        }
        if (maxBytes > 0 && bytes > maxBytes) {
            throw KeptnException.invalid("event", "has more than " + maxBytes + " bytes");
        }
        if (UNCHECKED.contains(event.type())) {
            return;
        }
        List<String> parts = List.of(event.type().split("\\.", -1));
        if (event.type().equals(CONFIGURE_MONITORING)) {
            require(event.data(), "project", "type");
        } else if (parts.size() == SEQUENCE_PARTS) {
            checkSequence(event, parts);
        } else if (parts.size() == TASK_PARTS) {
            checkTask(event, parts.getLast());
        } else {
            throw KeptnException.invalid("type", "is neither a sequence's nor a task's");
        }
    }

    private static void checkSequence(IncomingEvent event, List<String> parts) {
        if (!parts.getLast().equals("triggered")) {
            throw KeptnException.invalid("type", "of a sequence must end in .triggered");
        }
        require(event.data(), "project", "stage", "service");
        if (!event.data().path("stage").asText().equals(parts.get(STAGE_PART))) {
            throw KeptnException.invalid("data.stage", "must be the stage in the event's type");
        }
    }

    private static void checkTask(IncomingEvent event, String state) {
        switch (state) {
            case "invalidated" -> {}
            case "started" -> requireTriggered(event);
            case "finished" -> {
                requireTriggered(event);
                require(event.data(), "result", "status");
            }
            default ->
                throw KeptnException.invalid("type", "of a task must end in .started, .finished or .invalidated");
        }
    }

    private static void requireTriggered(IncomingEvent event) {
        require(event.data(), "project", "stage", "service");
        if (event.triggeredId() == null || event.triggeredId().isEmpty()) {
            throw KeptnException.invalid("triggeredid", "is missing");
        }
    }

    private static void require(JsonNode data, String... names) {
        for (String name : names) {
            if (data.path(name).asText("").isEmpty()) {
                throw KeptnException.invalid("data." + name, "is missing");
            }
        }
    }
}
