package sh.keptn.api.http;

import java.util.ArrayList;
import java.util.List;

/**
 * The table of routes, filled by the rooms. The first that fits wins, so the narrower path is added first.
 *
 * <p>A template is the whole path as clients see it: {@code {name}} stands for one segment, {@code {name...}} at the end
 * for one or more.
 */
public final class Routes {
    private final List<Route> routes = new ArrayList<>();

    public Routes get(String template, Handler handler) {
        return add("GET", template, Route.Access.TOKEN, handler);
    }

    public Routes post(String template, Handler handler) {
        return add("POST", template, Route.Access.TOKEN, handler);
    }

    public Routes put(String template, Handler handler) {
        return add("PUT", template, Route.Access.TOKEN, handler);
    }

    public Routes delete(String template, Handler handler) {
        return add("DELETE", template, Route.Access.TOKEN, handler);
    }

    /** Every method, with a token. */
    public Routes any(String template, Handler handler) {
        return add(Route.ANY, template, Route.Access.TOKEN, handler);
    }

    /** A GET that asks for no token. */
    public Routes open(String template, Handler handler) {
        return add("GET", template, Route.Access.OPEN, handler);
    }

    /** A POST that asks for no token, because its handler insists on a signature. */
    public Routes signed(String template, Handler handler) {
        return add("POST", template, Route.Access.OPEN, handler);
    }

    /** Answers 403 to everybody before a token is looked at, as Keptn's gateway does for what is internal. */
    public Routes internal(String method, String template) {
        return add(method, template, Route.Access.INTERNAL, _ -> {
            throw new Refusal(403, "this operation is internal");
        });
    }

    /** The same for every method. */
    public Routes internal(String template) {
        return internal(Route.ANY, template);
    }

    /** Every route that is not internal, as method ({@code *} for all) and template. */
    public List<String> described() {
        return routes.stream()
                .filter(route -> route.access() != Route.Access.INTERNAL)
                .map(route -> route.method() + " " + route.template())
                .toList();
    }

    /** Every route that nobody may use. */
    public List<String> describedInternal() {
        return routes.stream()
                .filter(route -> route.access() == Route.Access.INTERNAL)
                .map(route -> route.method() + " " + route.template())
                .toList();
    }

    List<Route> all() {
        return List.copyOf(routes);
    }

    private Routes add(String method, String template, Route.Access access, Handler handler) {
        routes.add(new Route(method, template, access, handler));
        return this;
    }
}
