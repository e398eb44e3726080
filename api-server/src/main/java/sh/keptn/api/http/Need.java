package sh.keptn.api.http;

import java.util.Optional;

/**
 * What a route asks of its caller besides being known.
 *
 * @param permission empty: nothing, or everything
 */
public record Need(Reach reach, Optional<Permission> permission) {
    /** Being known is enough. */
    static final Need NOTHING = new Need(Reach.NOTHING, Optional.empty());

    /** Only who may do everything: what holds for a route that says nothing of itself. */
    static final Need EVERYTHING = new Need(Reach.EVERYTHING, Optional.empty());

    /** How far a permission must go. */
    public enum Reach {
        NOTHING,
        /** No project is concerned. */
        OF_NO_PROJECT,
        /** The project that the path names. */
        OF_PATH,
        /** All projects. */
        OF_ALL,
        /** The handler finds out which project it is, and asks by {@link Request#require} or {@link Request#visible}. */
        OF_HANDLER,
        EVERYTHING
    }

    /** On the project that the path names; without one, on all. */
    static Need on(String template, Permission permission) {
        return new Need(template.contains("{project}") ? Reach.OF_PATH : Reach.OF_ALL, Optional.of(permission));
    }

    /** On no project in particular. */
    public static Need ofNoProject(Permission permission) {
        return new Need(Reach.OF_NO_PROJECT, Optional.of(permission));
    }

    /** On the projects that the handler names: one in the body or the query, or a list that it filters. */
    public static Need ofHandler(Permission permission) {
        return new Need(Reach.OF_HANDLER, Optional.of(permission));
    }
}
