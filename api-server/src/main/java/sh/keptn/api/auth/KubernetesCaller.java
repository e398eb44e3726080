package sh.keptn.api.auth;

import java.util.function.BiPredicate;
import java.util.function.Predicate;
import sh.keptn.api.auth.Reviews.Attributes;
import sh.keptn.api.auth.Reviews.User;
import sh.keptn.api.http.Caller;
import sh.keptn.api.http.Intent;
import sh.keptn.api.http.Permission;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.ProjectName;

/**
 * A user or service account of the cluster, whose rights are RBAC's. Every operation is a verb on one of Keptn's kinds in
 * the namespace; what has no kind of its own (files, events) is a subresource of its KeptnProject, so that a Role can name
 * it and {@code resourceNames} can bound it.
 */
final class KubernetesCaller implements Caller {
    private static final String GROUP = "keptn.sh";
    private static final String PROJECTS = "keptnprojects";
    private static final String SERVICES = "keptnservices";

    private final User user;
    private final BiPredicate<User, Attributes> allowed;

    KubernetesCaller(User user, BiPredicate<User, Attributes> allowed) {
        this.user = user;
        this.allowed = allowed;
    }

    @Override
    public String name() {
        return user.name();
    }

    /** Nothing is known before the project is. */
    @Override
    public void begin(Intent intent) {}

    /** What this installation is may be seen by whoever the cluster knows. */
    @Override
    public void require(Intent intent) {
        if (intent.permission() != Permission.METADATA_READ) {
            requireOnAll(intent);
        }
    }

    @Override
    public void require(Intent intent, ProjectName project) {
        require(attributes(intent, project.value()));
    }

    @Override
    public void requireOnAll(Intent intent) {
        require(attributes(intent, ""));
    }

    @Override
    public void requireEverything() {
        require(new Attributes("*", GROUP, "*", "", ""));
    }

    /** Lists are whole or refused: RBAC does not say which names somebody may see. */
    @Override
    public Predicate<String> visible(Intent intent) {
        requireOnAll(intent);
        return _ -> true;
    }

    private void require(Attributes attributes) {
        if (!allowed.test(user, attributes)) {
            String resource = attributes.subresource().isEmpty()
                    ? attributes.resource()
                    : attributes.resource() + "/" + attributes.subresource();
            String name = attributes.name().isEmpty() ? "" : " '" + attributes.name() + "'";
            throw new KeptnException(new KeptnError.Forbidden("user '" + user.name() + "' may not " + attributes.verb()
                    + " " + resource + "." + attributes.group() + name + " in the namespace of this server"));
        }
    }

    private static Attributes attributes(Intent intent, String project) {
        String noun = intent.permission().noun();
        return switch (noun) {
            case "projects", "stages" -> new Attributes(verb(intent, project), GROUP, PROJECTS, "", project);
            case "services" -> {
                String name = project.isEmpty()
                        ? ""
                        : intent.service()
                                .map(service -> service.resourceName(new ProjectName(project)))
                                .orElse("");
                yield new Attributes(verb(intent, name), GROUP, SERVICES, "", name);
            }
            default -> new Attributes(verb(intent, project), GROUP, PROJECTS, noun, project);
        };
    }

    /** The verb of a method. A name is not known to RBAC when something is made, so it cannot bound that. */
    private static String verb(Intent intent, String name) {
        return switch (intent.method()) {
            case "POST" -> "create";
            case "PUT", "PATCH" -> "update";
            case "DELETE" -> "delete";
            default -> name.isEmpty() ? "list" : "get";
        };
    }
}
