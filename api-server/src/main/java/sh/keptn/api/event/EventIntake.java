package sh.keptn.api.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import sh.keptn.api.event.EventLog.Appended;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/** Takes events in, whoever sends them: gives each its id, its time and its context, and keeps it. */
public final class EventIntake {
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final EventLog log;
    private final Micros times;

    public EventIntake(EventLog log, Clock clock) {
        this.log = log;
        this.times = new Micros(clock);
    }

    /** Keeps an event of this server's own under a new context, which it gives back. */
    public String tell(String type, String source, @Nullable String gitCommitId, JsonNode data) {
        String context = KeptnContext.of(null);
        KeptnEvent event =
                new KeptnEvent(UUID.randomUUID(), times.next(), type, source, context, null, gitCommitId, null, data);
        return keep(event, Optional.empty());
    }

    /** Keeps what a client sent; the context of the first one if it came before. */
    String take(IncomingEvent incoming, Optional<String> idempotencyKey) {
        return keep(incoming.accepted(times.next()), incoming.repeat(idempotencyKey));
    }

    private String keep(KeptnEvent event, Optional<Repeat> repeat) {
        return switch (log.append(event, repeat)) {
            case Appended.Stored() -> event.keptnContext();
            case Appended.Repeated(String first) -> first;
            case Appended.KeyTaken() ->
                throw new KeptnException(
                        new KeptnError.Denied(IDEMPOTENCY_KEY, "was used with another body within a day"));
        };
    }
}
