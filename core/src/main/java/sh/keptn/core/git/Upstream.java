package sh.keptn.core.git;

import java.time.Duration;
import java.util.Optional;
import sh.keptn.core.model.ProjectName;

/**
 * One project's upstream as a caller names it: whose, where, how to get in.
 *
 * @param branch the default branch where the project names one; else the remote's HEAD counts, else {@code main}
 * @param timeout the bound on each command to the upstream
 */
public record Upstream(ProjectName project, GitUrl url, GitAccess access, Optional<String> branch, Duration timeout) {
    /** The default branch of an empty upstream whose project names none. */
    public static final String FALLBACK_BRANCH = "main";

    /** The default branch by these heads. */
    public String defaultBranch(Heads heads) {
        return branch.or(heads::symbolicHead).orElse(FALLBACK_BRANCH);
    }
}
