package sh.keptn.api.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bodies at the addresses that projects had before controlPlane. */
final class OlderProjects {
    private OlderProjects() {}

    /** A project as it is shown today, and the names that parts of it had. */
    record Project(
            @JsonUnwrapped ProjectViews.Project today,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String gitRemoteURI,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String gitUser) {
        static Project of(ProjectViews.Project project) {
            Optional<ProjectViews.GitCredentials> git = Optional.ofNullable(project.gitCredentials());
            return new Project(
                    project,
                    git.map(ProjectViews.GitCredentials::remoteURL).orElse(""),
                    git.map(ProjectViews.GitCredentials::user).orElse(""));
        }
    }

    record Listing(
            String nextPageKey,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int totalCount,
            List<Project> projects) {}

    /** Under which context the events of what was done are found. */
    record EventContext(String keptnContext) {}

    /** The body of POST project, with the credentials flat or as they are given today. Prints without its secrets. */
    record Body(
            @Nullable String name,
            @Nullable String shipyard,
            @Nullable String gitRemoteURL,
            @Nullable String gitUser,
            @Nullable String gitToken,
            ProjectBody.@Nullable GitCredentials gitCredentials) {

        ProjectBody today() {
            boolean flat = gitCredentials == null && gitRemoteURL != null && !gitRemoteURL.isEmpty();
            return new ProjectBody(name, shipyard, flat ? credentials() : gitCredentials);
        }

        private ProjectBody.GitCredentials credentials() {
            return new ProjectBody.GitCredentials(
                    gitRemoteURL, gitUser, new ProjectBody.Https(gitToken, null, null, null), null);
        }

        @Override
        public String toString() {
            return "Body[***]";
        }
    }
}
