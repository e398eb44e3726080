package sh.keptn.core.git;

import java.util.LinkedHashMap;
import java.util.Map;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ShortHash;

/**
 * The trailers on commits that set a project up in its upstream. By them a restart, or the same request sent again,
 * knows its own half-made repository and goes on, where a stranger's would be refused.
 *
 * @param projectUid the UID of the KeptnProject resource
 * @param hash {@link #hash(ProjectName, GitUrl)}: stays the same when the resource is made again
 */
public record BootstrapMark(String projectUid, String hash) {
    public static final String PROJECT_UID = "Keptn-Project-UID";
    public static final String BOOTSTRAP = "Keptn-Bootstrap";

    public static BootstrapMark of(ProjectName project, GitUrl url, String projectUid) {
        return new BootstrapMark(projectUid, hash(project, url));
    }

    /** The name and the address as eight hex digits. */
    public static String hash(ProjectName project, GitUrl url) {
        return ShortHash.of(project + "\n" + url.canonical());
    }

    /** Keptn's subject with both trailers. */
    public CommitMessage message(String subject) {
        Map<String, String> trailers = new LinkedHashMap<>();
        trailers.put(PROJECT_UID, projectUid);
        trailers.put(BOOTSTRAP, hash);
        return new CommitMessage(subject, trailers);
    }

    /** Whether a commit was made for this project: for this resource, or for an earlier one of its name and address. */
    public boolean isOn(LoggedCommit commit) {
        return commit.message()
                .lines()
                .anyMatch(line -> line.equals(PROJECT_UID + ": " + projectUid) || line.equals(BOOTSTRAP + ": " + hash));
    }
}
