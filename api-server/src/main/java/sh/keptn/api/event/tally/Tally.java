package sh.keptn.api.event.tally;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sh.keptn.api.event.EventTail.Mark;

/** What happened in one project in half an hour, in numbers. */
public record Tally(String project, Map<Key, Long> counts) {
    /** How long the time is that one tally speaks of. */
    public static final Duration BUCKET = Duration.ofMinutes(30);

    private static final String STARTED = ".started";
    private static final String FINISHED = ".finished";
    private static final String CONTROLLER = "shipyard-controller";

    public Tally {
        counts = Map.copyOf(counts);
    }

    /** What is counted. */
    public enum Kind {
        /** Events of a type. */
        EVENT,
        /** Tasks that an integration began. */
        EXECUTION,
        /** Sequences that came to their end. */
        SEQUENCE
    }

    /**
     * One counter.
     *
     * @param executor the integration, for {@link Kind#EXECUTION} alone; else empty
     * @param type the event's type; without its last part where the kind says it
     */
    public record Key(String service, Kind kind, String executor, String type) {}

    /** The counts with those of other events added. */
    public static Map<Key, Long> plus(Map<Key, Long> counts, List<Mark> marks, int most) {
        Map<Key, Long> sum = new HashMap<>(counts);
        for (Mark mark : marks) {
            for (Key key : keys(mark)) {
                if (sum.containsKey(key) || sum.size() < most) {
                    sum.merge(key, 1L, Long::sum);
                }
            }
        }
        return sum;
    }

    /** When the half hour began in which the event was kept. */
    public static Instant bucket(Instant time) {
        long seconds = BUCKET.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
    }

    /** As in Keptn, events count that name a project, a service, and their source. */
    static boolean counts(Mark mark) {
        return !mark.type().isEmpty()
                && mark.project().isPresent()
                && mark.service().isPresent()
                && mark.source().isPresent();
    }

    private static List<Key> keys(Mark mark) {
        String service = mark.service().orElse("");
        Key event = new Key(service, Kind.EVENT, "", mark.type());
        Optional<Key> more = Optional.empty();
        if (mark.type().endsWith(STARTED)) {
            String type = without(mark.type(), STARTED);
            more = Optional.of(new Key(service, Kind.EXECUTION, mark.source().orElse(""), type));
        } else if (mark.type().endsWith(FINISHED) && mark.source().equals(Optional.of(CONTROLLER))) {
            more = Optional.of(new Key(service, Kind.SEQUENCE, "", without(mark.type(), FINISHED)));
        }
        return more.map(key -> List.of(event, key)).orElse(List.of(event));
    }

    private static String without(String text, String end) {
        return text.substring(0, text.length() - end.length());
    }
}
