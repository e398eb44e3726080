package sh.keptn.api.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The table of routes, filled by the rooms. The first that fits wins, so the narrower path is added first.
 *
 * <p>A template is the whole path as clients see it: {@code {name}} stands for one segment, {@code {name...}} at the end
 * for one or more.
 */
public final class Routes {
    private final List<Route> routes = new ArrayList<>();
    private long largestUpload;

    /** A GET for which the caller needs a permission: on the path's project, or on all if it names none. */
    public Routes get(String template, Permission permission, Handler handler) {
        return add("GET", template, Need.on(template, permission), handler);
    }

    public Routes post(String template, Permission permission, Handler handler) {
        return add("POST", template, Need.on(template, permission), handler);
    }

    public Routes put(String template, Permission permission, Handler handler) {
        return add("PUT", template, Need.on(template, permission), handler);
    }

    public Routes delete(String template, Permission permission, Handler handler) {
        return add("DELETE", template, Need.on(template, permission), handler);
    }

    /** A route whose permission is not about the project of its path. */
    public Routes add(String method, String template, Need need, Handler handler) {
        return add(method, template, Route.Access.TOKEN, need, handler);
    }

    /** A GET that says nothing of permissions: only who may do everything may use it. */
    public Routes get(String template, Handler handler) {
        return add("GET", template, Need.EVERYTHING, handler);
    }

    /** A POST of that kind. */
    public Routes post(String template, Handler handler) {
        return add("POST", template, Need.EVERYTHING, handler);
    }

    /** A PUT of that kind. */
    public Routes put(String template, Handler handler) {
        return add("PUT", template, Need.EVERYTHING, handler);
    }

    /** A DELETE of that kind. */
    public Routes delete(String template, Handler handler) {
        return add("DELETE", template, Need.EVERYTHING, handler);
    }

    /** Every method, for whoever has a token, whatever it permits. */
    public Routes any(String template, Handler handler) {
        return add(Route.ANY, template, Need.NOTHING, handler);
    }

    /** A GET of that kind. */
    public Routes known(String template, Handler handler) {
        return add("GET", template, Need.NOTHING, handler);
    }

    /** A GET that asks for no token. */
    public Routes open(String template, Handler handler) {
        return add("GET", template, Route.Access.OPEN, Need.NOTHING, handler);
    }

    /** A POST that asks for no token, because its handler insists on a signature. */
    public Routes signed(String template, Handler handler) {
        return add("POST", template, Route.Access.OPEN, Need.NOTHING, handler);
    }

    /** A POST whose body may be larger than the server's limit; its handler reads it as a stream. */
    public Routes upload(String template, long bodyBytes, Handler handler) {
        largestUpload = Math.max(largestUpload, bodyBytes);
        return post(template, handler);
    }

    /** The largest body that any of them takes as a stream; 0 if none does. */
    long largestUpload() {
        return largestUpload;
    }

    /** Answers 403 to everybody before a token is looked at, as Keptn's gateway does for what is internal. */
    public Routes internal(String method, String template) {
        return add(method, template, Route.Access.INTERNAL, Need.NOTHING, _ -> {
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

    /** The permission of each such route that asks for one, by method and template. */
    public Map<String, Permission> permissions() {
        Map<String, Permission> permissions = new LinkedHashMap<>();
        routes.forEach(route -> route.need()
                .permission()
                .ifPresent(permission -> permissions.put(route.method() + " " + route.template(), permission)));
        return permissions;
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

    private Routes add(String method, String template, Route.Access access, Need need, Handler handler) {
        routes.add(new Route(method, template, access, need, handler));
        return this;
    }
}
