package sh.keptn.api.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sh.keptn.api.stage.StageView;

/** The bodies of the project operations. */
final class ProjectViews {
    private ProjectViews() {}

    record Project(
            String projectName,
            String creationDate,
            @Nullable String shipyard,
            @Nullable String shipyardVersion,
            List<StageView> stages,
            @Nullable GitCredentials gitCredentials,
            boolean isUpstreamAutoProvisioned) {}

    /** What may be seen of the credentials: no token, no key, no certificate. */
    record GitCredentials(
            String remoteURL,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String user,
            @Nullable Https https) {}

    record Https(boolean insecureSkipTLS, @Nullable Proxy proxy) {}

    record Proxy(
            String url,
            String scheme,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String user) {}

    record Listing(
            String nextPageKey,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int totalCount,
            List<Project> projects) {}
}
