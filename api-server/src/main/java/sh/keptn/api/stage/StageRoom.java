package sh.keptn.api.stage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Paging;
import sh.keptn.api.http.Request;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;

/** {@code curl -H "x-token: $KEPTN_API_TOKEN" $KEPTN_ENDPOINT/controlPlane/v1/project/P/stage} */
public final class StageRoom implements Room {
    private static final String BASE = "/api/controlPlane/v1/project/{project}/stage";

    private final Stages stages;

    public StageRoom(Stages stages) {
        this.stages = stages;
    }

    private record Listing(
            String nextPageKey,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int totalCount,
            List<StageView> stages) {}

    @Override
    public void routes(Routes routes) {
        routes.get(BASE, this::list).get(BASE + "/{stage}", this::get);
    }

    private Answer list(Request request) {
        Paging paging = Paging.of(request.query());
        Paging.Page<StageView> page = paging.of(stages.sorted(request.project()));
        return Answer.json(200, new Listing(page.nextPageKey(), page.totalCount(), page.items()));
    }

    private Answer get(Request request) {
        return Answer.json(200, stages.get(request.project(), request.stage()));
    }
}
