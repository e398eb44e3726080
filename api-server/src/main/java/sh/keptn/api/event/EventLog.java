package sh.keptn.api.event;

import java.util.Optional;

/** Takes events in. */
public interface EventLog {

    /** What became of an event. */
    sealed interface Appended {
        /** It is kept; it will be found after any restart. */
        record Stored() implements Appended {}

        /** It was kept before, under this context, and is not kept twice. */
        record Repeated(String keptnContext) implements Appended {}

        /** Another event came with the same idempotency key; nothing is kept. */
        record KeyTaken() implements Appended {}
    }

    /**
     * Keeps the event, or throws and may have kept it or not. An event with an id that is kept already is not kept
     * again, so that the same call can be repeated.
     *
     * @param repeat by what the same event is known if it comes again; empty: every call is a new event
     */
    Appended append(KeptnEvent event, Optional<Repeat> repeat);
}
