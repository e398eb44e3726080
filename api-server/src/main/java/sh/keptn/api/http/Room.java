package sh.keptn.api.http;

/** A package of routes: each feature has one, and the server is made of them. */
@FunctionalInterface
public interface Room {
    /** Adds the routes of this room, written as the paths that clients see. */
    void routes(Routes routes);
}
