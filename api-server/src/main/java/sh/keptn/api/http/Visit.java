package sh.keptn.api.http;

import java.util.Optional;
import sh.keptn.core.model.ProjectName;

/** What becomes known of a request on its way in, for the meters and the log. Belongs to one request's thread. */
final class Visit {
    private String template = "none";
    private Optional<Caller> caller = Optional.empty();
    private Optional<ProjectName> project = Optional.empty();

    void routed(Route route) {
        template = route.template();
    }

    void entered(Caller who) {
        caller = Optional.of(who);
    }

    void concerns(ProjectName which) {
        project = Optional.of(which);
    }

    /** The template of the route; {@code none} before it is known. */
    String template() {
        return template;
    }

    Optional<Caller> caller() {
        return caller;
    }

    Optional<ProjectName> project() {
        return project;
    }
}
