package sh.keptn.api.http;

import java.util.function.Predicate;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.ProjectName;

/**
 * Who was let in, and what they may do. Every method but {@link #name} and {@link #visible} throws {@link KeptnException}
 * {@code Forbidden}, with what is missing, or {@code Unavailable} if it cannot be found out: never open in doubt.
 */
public interface Caller {
    /** For the log and for commits; nothing secret. */
    String name();

    /** Turns away who has the permission on no project at all, before the project is known. */
    void begin(Intent intent);

    /** Asks for the permission where no project is concerned. */
    void require(Intent intent);

    /** Asks for the permission on one project. */
    void require(Intent intent, ProjectName project);

    /** Asks for the permission on all projects, those to come as well. */
    void requireOnAll(Intent intent);

    /** Asks for everything. */
    void requireEverything();

    /** Which projects may be shown in a list. */
    Predicate<String> visible(Intent intent);
}
