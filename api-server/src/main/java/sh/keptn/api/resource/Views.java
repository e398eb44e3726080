package sh.keptn.api.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.CommitId;

/** The bodies of resource-service's answers. */
final class Views {
    private Views() {}

    /** Where it came from: the upstream without credentials, and the commit that was looked at or made. */
    record Metadata(String upstreamURL, String version) {
        static Metadata of(Upstream upstream, CommitId commit) {
            return new Metadata(upstream.url().value(), commit.value());
        }
    }

    record Item(String resourceURI, String resourceContent, Metadata metadata) {}

    record Listed(String resourceURI, Metadata metadata) {}

    record Listing(
            String nextPageKey,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int totalCount,
            List<Listed> resources) {}

    record Written(String commitID, Metadata metadata) {}
}
