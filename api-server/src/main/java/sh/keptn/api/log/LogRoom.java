package sh.keptn.api.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sh.keptn.api.event.ClientTime;
import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Json;
import sh.keptn.api.http.Need;
import sh.keptn.api.http.Permission;
import sh.keptn.api.http.Query;
import sh.keptn.api.http.Request;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;
import sh.keptn.core.error.KeptnException;

/**
 * Takes and shows what integrations report.
 *
 * <pre>
 * curl -H "x-token: $KEPTN_API_TOKEN" "$KEPTN_ENDPOINT/controlPlane/v1/log?integrationId=ID&amp;pageSize=20"
 * </pre>
 */
public final class LogRoom implements Room {
    private static final String LOG = "/api/controlPlane/v1/log";
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /** More are not shown at once, whatever is asked for. */
    private static final int MAX_SIZE = 1_000;

    private final LogBook book;
    private final Clock clock;

    public LogRoom(LogBook book, Clock clock) {
        this.book = book;
        this.clock = clock;
    }

    private record EntryView(
            String integrationid,
            String message,
            String time,
            String shkeptncontext,
            String task,
            String triggeredid,
            String gitcommitid) {
        static EntryView of(LogEntry entry) {
            return new EntryView(
                    entry.integrationId(),
                    entry.message(),
                    TIME.format(entry.time()),
                    entry.keptnContext(),
                    entry.task(),
                    entry.triggeredId(),
                    entry.gitCommitId());
        }
    }

    /** Keptn leaves numbers out that are 0. */
    private record Listing(
            List<EntryView> logs,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) long nextPageKey,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) long totalCount) {}

    @Override
    public void routes(Routes routes) {
        routes.get(LOG, Permission.LOGS_READ, this::find)
                .add("POST", LOG, Need.ofNoProject(Permission.LOGS_WRITE), this::append)
                .internal("DELETE", LOG);
    }

    private Answer find(Request request) {
        Query query = request.query();
        long asked = number(query, "pageSize");
        long key = number(query, "nextPageKey");
        if (key < 0) {
            throw KeptnException.invalid("nextPageKey", "must be 0 or above");
        }
        int skip = (int) Math.min(key, Integer.MAX_VALUE);
        int size = asked <= 0 ? MAX_SIZE : (int) Math.min(asked, MAX_SIZE);
        LogBook.Page page = book.find(new LogBook.Wanted(
                query.text("integrationId"), time(query, "fromTime"), time(query, "beforeTime"), skip, size));
        long end = (long) skip + page.entries().size();
        boolean more = !page.entries().isEmpty() && end < page.total();
        return Answer.json(
                200, new Listing(page.entries().stream().map(EntryView::of).toList(), more ? end : 0, page.total()));
    }

    private Answer append(Request request) {
        LogBody body = request.json(LogBody.class, Json.Unknown.IGNORED);
        book.append(body.entries(clock.instant()));
        return Answer.json(200, Map.of());
    }

    private static long number(Query query, String name) {
        String text = query.text(name).orElse("0");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw KeptnException.invalid(name, "must be a whole number");
        }
    }

    private static Optional<Instant> time(Query query, String name) {
        return query.text(name)
                .map(text -> ClientTime.parse(text)
                        .orElseThrow(() -> KeptnException.invalid(name, "must be a date and time as in ISO 8601")));
    }
}
