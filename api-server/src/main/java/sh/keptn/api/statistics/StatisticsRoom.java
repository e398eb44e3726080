package sh.keptn.api.statistics;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import sh.keptn.api.event.tally.Tallies;
import sh.keptn.api.event.tally.Tally;
import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Permission;
import sh.keptn.api.http.Query;
import sh.keptn.api.http.Refusal;
import sh.keptn.api.http.Request;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/**
 * Tells how much happened.
 *
 * <pre>
 * curl -H "x-token: $KEPTN_API_TOKEN" "$KEPTN_ENDPOINT/statistics/v1/statistics?from=1795453200&amp;to=1795539600"
 * </pre>
 */
public final class StatisticsRoom implements Room {
    private static final String BASE = "/api/statistics/v1";

    /** The year 9999, which is as far as times are written with four digits. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private final Tallies tallies;

    public StatisticsRoom(Tallies tallies) {
        this.tallies = tallies;
    }

    /** A failure in the words of this collection. */
    private record Failure(String message, int errorCode) {}

    @Override
    public void routes(Routes routes) {
        routes.get(BASE + "/statistics", Permission.STATISTICS_READ, this::statistics)
                .known("/api/statistics/health", _ -> Answer.empty(200))
                .internal(BASE + "/event");
    }

    private Answer statistics(Request request) {
        Instant from = time(request.query(), "from");
        Instant to = time(request.query(), "to");
        if (to.isBefore(from)) {
            throw refused(400, "to must not be before from");
        }
        List<Tally> found = found(from, to);
        if (found.isEmpty()) {
            throw refused(404, "no statistics found for selected time frame");
        }
        return Answer.json(200, Report.of(from, to, found));
    }

    private List<Tally> found(Instant from, Instant to) {
        try {
            return tallies.between(from, to);
        } catch (KeptnException e) {
            if (e.error() instanceof KeptnError.Unavailable unavailable) {
                String wait = Long.toString(Math.max(1, unavailable.retryAfter().toSeconds()));
                throw Refusal.withBody(
                        503,
                        new Failure(unavailable.message(), 503),
                        unavailable.message(),
                        Map.of("Retry-After", wait));
            }
            throw e;
        }
    }

    private static Instant time(Query query, String name) {
        String text = query.text(name).orElseThrow(() -> refused(400, name + " is missing"));
        try {
            long seconds = Long.parseLong(text);
            if (seconds >= 0 && seconds <= LAST_SECOND) {
                return Instant.ofEpochSecond(seconds);
            }
        } catch (NumberFormatException e) {
            // The same answer as for a number out of range, below.
        }
        throw refused(400, name + " must be a time in seconds since 1970");
    }

    private static Refusal refused(int status, String message) {
        return Refusal.withBody(status, new Failure(message, status), message, Map.of());
    }
}
