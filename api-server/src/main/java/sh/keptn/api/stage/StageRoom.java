package sh.keptn.api.stage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Links;
import sh.keptn.api.http.Paging;
import sh.keptn.api.http.Permission;
import sh.keptn.api.http.Request;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;

/** {@code curl -H "x-token: $KEPTN_API_TOKEN" $KEPTN_ENDPOINT/controlPlane/v1/project/P/stage} */
public final class StageRoom implements Room {
    private static final String BASE = "/api/controlPlane/v1/project/{project}/stage";

    /** Where Keptn had them before. */
    private static final String OLDER = "/api/configuration-service/v1/project/{project}/stage";

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
        routes.get(BASE, Permission.STAGES_READ, this::list).get(BASE + "/{stage}", Permission.STAGES_READ, this::get);
        routes.get(OLDER, Permission.STAGES_READ, this::list)
                .get(OLDER + "/{stage}", Permission.STAGES_READ, this::get);
    }

    private Answer list(Request request) {
        Paging paging = Paging.of(request.query());
        Paging.Page<StageView> page = paging.of(stages.sorted(request.project()));
        return Links.of(
                request,
                page.nextPageKey(),
                Answer.json(200, new Listing(page.nextPageKey(), page.totalCount(), page.items())));
    }

    private Answer get(Request request) {
        return Answer.json(200, stages.get(request.project(), request.stage()));
    }
}
