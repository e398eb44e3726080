package sh.keptn.api.http;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import sh.keptn.api.http.Route.Access;

/**
 * Finds the route of a request and decides when the token is asked for. Works on the raw path: the web server's own
 * routing decodes first, and then an encoded slash inside a name has become a border between two.
 */
final class Router {
    private final Routes table;
    private final List<Route> routes;
    private final Gate gate;

    Router(List<Room> rooms, Gate gate) {
        this.table = new Routes();
        rooms.forEach(room -> room.routes(table));
        this.routes = table.all();
        this.gate = gate;
    }

    Routes table() {
        return table;
    }

    /**
     * A request before it is routed.
     *
     * @param body reads it, up to that many bytes and never above the server's limit
     */
    record Arrival(
            String method,
            String rawPath,
            String rawQuery,
            String peer,
            Function<String, Optional<String>> headers,
            LongFunction<byte[]> body) {}

    /** A route that fits, with the names of its path still encoded. */
    record Match(Route route, Map<String, String> values) {}

    /**
     * The answer, or the exception that says why there is none.
     *
     * @param routed is told the template of the route as soon as it is known
     */
    Answer route(Arrival arrival, Consumer<String> routed) {
        RequestPath path = RequestPath.of(arrival.rawPath());
        Collection collection = Collection.of(path.segments());
        List<Match> fitting = fitting(path);
        Optional<Match> match = fitting.stream()
                .filter(candidate -> candidate.route().takes(arrival.method()))
                .findFirst();
        match.ifPresent(found -> routed.accept(found.route().template()));
        boolean open =
                match.filter(found -> found.route().access() != Access.TOKEN).isPresent();
        if (!open && collection.order() == Collection.Order.TOKEN_FIRST) {
            gate.pass(arrival.peer(), arrival.headers());
        }
        if (match.isEmpty()) {
            return unrouted(collection, fitting, arrival.method());
        }
        if (!open && collection.order() == Collection.Order.ROUTE_FIRST) {
            gate.pass(arrival.peer(), arrival.headers());
        }
        return match.get().route().handler().handle(request(arrival, match.get()));
    }

    private List<Match> fitting(RequestPath path) {
        return routes.stream()
                .flatMap(route -> route.match(path).map(values -> new Match(route, values)).stream())
                .toList();
    }

    private static Request request(Arrival arrival, Match match) {
        arrival.headers()
                .apply("Content-Encoding")
                .filter(encoding -> !encoding.equalsIgnoreCase("identity"))
                .ifPresent(_ -> {
                    throw new Refusal(415, "compressed requests are not taken");
                });
        Map<String, String> names = new LinkedHashMap<>();
        match.values().forEach((name, raw) -> names.put(name, ItemPath.decode(raw)));
        return new Request(
                arrival.method(),
                arrival.peer(),
                names,
                Query.parse(arrival.rawQuery()),
                arrival.headers(),
                arrival.body());
    }

    private static Answer unrouted(Collection collection, List<Match> fitting, String method) {
        return switch (collection.unrouted()) {
            case PLAIN_404 -> Answer.text(404, "404 page not found");
            case JSON_404_405 -> {
                Set<String> allowed = new LinkedHashSet<>();
                fitting.forEach(match -> allowed.add(match.route().method()));
                if (allowed.isEmpty()) {
                    throw new Refusal(404, "path not found");
                }
                throw new Refusal(
                        405, 405, "method " + method + " is not allowed", Map.of("Allow", String.join(",", allowed)));
            }
        };
    }
}
