package sh.keptn.api.health;

import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;

/** The health paths that Keptn has on its public port: one open, one for each collection behind the token. */
public final class OpenHealthRoom implements Room {
    @Override
    public void routes(Routes routes) {
        routes.open("/api/health", _ -> Answer.empty(200))
                .open("/nginx-health", _ -> Answer.text(200, "OK\n"))
                .get("/api/controlPlane/health", _ -> Answer.empty(200))
                .get("/api/resource-service/health", _ -> Answer.empty(200));
    }
}
