package sh.keptn.api.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event as it is kept: a CloudEvent with Keptn's attributes. The server gave it its id and its time.
 *
 * @param time to the microsecond, which is also the order of events; clients see milliseconds
 * @param keptnContext a UUID as the client wrote it
 * @param data anything but null
 */
public record KeptnEvent(
        UUID id,
        Instant time,
        String type,
        String source,
        String keptnContext,
        @Nullable String triggeredId,
        @Nullable String gitCommitId,
        @Nullable JsonNode extensions,
        JsonNode data) {

    /** A longer text is no name: it is kept in the data, and nobody finds the event by it. */
    private static final int MAX_INDEXED = 512;

    public KeptnEvent {
        time = time.truncatedTo(ChronoUnit.MICROS);
        if (data.isNull() || data.isMissingNode()) {
            throw new IllegalArgumentException("an event has data");
        }
    }

    /** What the field holds, if it holds a text that events are found by. */
    public Optional<String> value(EventField field) {
        String value = switch (field) {
            case ID -> id.toString();
            case CONTEXT -> keptnContext;
            case TYPE -> type;
            case SOURCE -> source;
            case TRIGGERED_ID -> triggeredId;
            case GIT_COMMIT_ID -> gitCommitId;
            case PROJECT -> inData("project");
            case STAGE -> inData("stage");
            case SERVICE -> inData("service");
            case RESULT -> inData("result");
            case STATUS -> inData("status");
        };
        return Optional.ofNullable(value).filter(text -> !text.isEmpty() && text.length() <= MAX_INDEXED);
    }

    private @Nullable String inData(String name) {
        JsonNode value = data.get(name);
        return value == null ? null : value.textValue();
    }
}
