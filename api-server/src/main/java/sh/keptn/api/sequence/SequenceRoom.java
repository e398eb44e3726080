package sh.keptn.api.sequence;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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
import sh.keptn.core.model.ProjectName;

/**
 * Runs of sequences. No sequence runs yet: there is nothing to list, and nothing that a control could stop. An event that
 * would start a run is kept and found among the events.
 *
 * <pre>
 * curl -H "x-token: $KEPTN_API_TOKEN" "$KEPTN_ENDPOINT/controlPlane/v1/sequence/podtato-head?state=started"
 * </pre>
 */
public final class SequenceRoom implements Room {
    private static final String BASE = "/api/controlPlane/v1";

    /** Every run of every project, until there is an engine that makes some. */
    private static final List<Object> RUNS = List.of();

    private final Consumer<ProjectName> known;

    /** @param known throws {@code NotFound} for a project that is not there */
    public SequenceRoom(Consumer<ProjectName> known) {
        this.known = known;
    }

    private record Control(@Nullable String state, @Nullable String stage) {}

    private record States(
            List<Object> states,
            @Nullable Integer nextPageKey,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int totalCount) {}

    private record Executions(
            List<Object> sequenceExecutions,
            @Nullable Integer nextPageKey,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int pageSize,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int totalCount) {}

    @Override
    public void routes(Routes routes) {
        routes.get(BASE + "/sequence/{project}", Permission.PROJECTS_READ, this::states)
                .post(BASE + "/sequence/{project}/{keptnContext}/control", Permission.PROJECTS_WRITE, this::control)
                .add("GET", BASE + "/sequence-execution", Need.ofHandler(Permission.PROJECTS_READ), this::executions);
    }

    /** A project that nobody knows has no runs: that is an empty list, as in Keptn. */
    private Answer states(Request request) {
        Query query = request.query();
        Window window = Window.of(query);
        requireTime(query, "fromTime");
        requireTime(query, "beforeTime");
        Window.Part<Object> part = window.of(RUNS);
        return Answer.json(200, new States(part.items(), part.nextPageKey(), part.totalCount()));
    }

    /** Keptn says yes to every context and every word, known or not. */
    private Answer control(Request request) {
        Control control = request.json(Control.class, Json.Unknown.IGNORED);
        if (Optional.ofNullable(control.state()).orElse("").isEmpty()) {
            throw KeptnException.invalid("state", "is missing");
        }
        return Answer.json(200, Map.of());
    }

    private Answer executions(Request request) {
        Query query = request.query();
        Window window = Window.of(query);
        String project = query.text("project").orElseThrow(() -> KeptnException.invalid("project", "is missing"));
        ProjectName name = new ProjectName(project);
        request.require(name);
        known.accept(name);
        Window.Part<Object> part = window.of(RUNS);
        return Answer.json(
                200,
                new Executions(part.items(), part.nextPageKey(), part.items().size(), part.totalCount()));
    }

    private static void requireTime(Query query, String name) {
        Optional<String> text = query.text(name);
        if (text.isPresent() && text.flatMap(ClientTime::parse).isEmpty()) {
            throw KeptnException.invalid(name, "must be a date and time as in ISO 8601");
        }
    }
}
