package sh.keptn.api.event;

import java.util.Optional;

/**
 * What an event says about work: that there is some, that somebody has begun, that somebody is done. As in Keptn the
 * number of parts of the type tells: five are a task, six a sequence; other types and events of no project say nothing.
 */
public sealed interface Progress {

    /** There is work, open until it is done. */
    record Triggered() implements Progress {}

    /** Somebody has begun with what that event asked for. */
    record Started(String triggeredId) implements Progress {}

    /** Somebody is done with what that event asked for. */
    record Finished(String triggeredId) implements Progress {}

    /** Nothing. */
    record None() implements Progress {}

    /** What this event says. */
    static Progress of(KeptnEvent event) {
        if (!Parts.isWork(event.type()) || event.value(EventField.PROJECT).isEmpty()) {
            return new None();
        }
        Optional<String> triggeredId = event.value(EventField.TRIGGERED_ID);
        return switch (Parts.last(event.type())) {
            case "triggered" -> new Triggered();
            case "started" -> triggeredId.<Progress>map(Started::new).orElseGet(None::new);
            case "finished" -> triggeredId.<Progress>map(Finished::new).orElseGet(None::new);
            default -> new None();
        };
    }

    /** The type of the event that asked for the work of which an event of this type tells. */
    static String triggeredType(String type) {
        return type.substring(0, type.lastIndexOf('.')) + ".triggered";
    }

    /**
     * Whether the work is done. Each of a task's executors tells when it begins and when it ends, and an end without a
     * beginning ends nothing; of a sequence only the end is told.
     */
    static boolean isDone(String triggeredType, long started, long finished) {
        return Parts.isSequence(triggeredType) ? finished > 0 : started > 0 && finished >= started;
    }
}
