package sh.keptn.api.auth;

import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;

/**
 * {@code curl -X POST -H "x-token: $KEPTN_API_TOKEN" $KEPTN_ENDPOINT/v1/auth}: 200 without a body for the right token, 401
 * for another. Takes every method, so that an NGINX in front can ask it as an auth sub-request.
 */
public final class AuthRoom implements Room {
    @Override
    public void routes(Routes routes) {
        routes.any("/api/v1/auth", _ -> Answer.empty(200));
    }
}
