package sh.keptn.local.git;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;

/** Where a provisioned repository stands and how to get in: the body of Keptn's provisioner protocol. */
public record Provisioned(@JsonProperty("gitRemoteURL") String gitRemoteUrl, String gitToken, String gitUser) {
    /** Any user will do, the token alone counts. */
    static final String USER = "keptn";

    static Provisioned of(URI base, Repositories.Entry entry) {
        return new Provisioned(base + "/" + entry.name().value() + ".git", entry.token(), USER);
    }

    @Override
    public String toString() {
        return gitRemoteUrl;
    }
}
