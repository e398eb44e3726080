package sh.keptn.api.secret;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Permission;
import sh.keptn.api.http.Request;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;
import sh.keptn.core.error.KeptnException;

/**
 * Keptn's secret-service:
 *
 * <pre>{@code
 * curl -X POST -H "x-token: $KEPTN_API_TOKEN" -H "Content-Type: application/json" \
 *   $KEPTN_ENDPOINT/secrets/v1/secret -d '{"name":"slack","data":{"token":"..."}}'
 * }</pre>
 */
public final class SecretRoom implements Room {
    private static final String SECRET = "/api/secrets/v1/secret";

    private final Secrets secrets;

    public SecretRoom(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Keptn writes the name with a capital. */
    private record Listing(@JsonProperty("Secrets") List<Item> secrets) {}

    private record Item(String name, String scope, List<String> keys) {}

    private record ScopeNames(List<String> scopes) {}

    @Override
    public void routes(Routes routes) {
        routes.get(SECRET, Permission.SECRETS_READ, this::list)
                .post(SECRET, Permission.SECRETS_WRITE, this::create)
                .put(SECRET, Permission.SECRETS_WRITE, this::update)
                .delete(SECRET, Permission.SECRETS_DELETE, this::delete)
                .get(
                        "/api/secrets/v1/scope",
                        Permission.SECRETS_READ,
                        _ -> Answer.json(200, new ScopeNames(secrets.scopes().names())));
    }

    private Answer list(Request request) {
        List<Item> items = secrets
                .list(request.query().text("name"), request.query().text("scope"))
                .stream()
                .map(known -> new Item(known.name().value(), known.scope(), known.keys()))
                .toList();
        return Answer.json(200, new Listing(items));
    }

    private Answer create(Request request) {
        request.requireJson();
        return Answer.json(201, secrets.create(request.body()));
    }

    private Answer update(Request request) {
        request.requireJson();
        return Answer.json(200, secrets.update(request.body()));
    }

    private Answer delete(Request request) {
        secrets.delete(required(request, "name"), required(request, "scope"));
        return Answer.empty(200);
    }

    private static String required(Request request, String name) {
        return request.query().text(name).orElseThrow(() -> KeptnException.invalid(name, "is missing"));
    }
}
