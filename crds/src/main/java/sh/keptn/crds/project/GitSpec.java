package sh.keptn.crds.project;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Where a project's upstream is and how to get in. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record GitSpec(
        @JsonPropertyDescription("Address of the upstream: https://, http:// or ssh://, or the form user@host:path. "
                + "It holds no password or token; those stand in the Secret. May be left out where a provisioner is "
                + "configured, which then makes a repository and fills this in. A change is refused unless the "
                + "annotation keptn.sh/allow-url-change is \"true\"; the history then moves to the new address.")
        @Size(min = 1, max = 2048)
        @Pattern("^(https?://[^@/ ]+/[^ ?#]+|ssh://([A-Za-z0-9._-]+@)?[A-Za-z0-9\\[][^@/ ]*/[^ ?#]+"
                + "|[A-Za-z0-9._-]+@[A-Za-z0-9][A-Za-z0-9.-]*:[^/: -][^: ]*)$")
        @Nullable
        String url,

        @JsonPropertyDescription("The default branch, which holds the shipyard and the project's own files. Left out: "
                + "the branch that the upstream's HEAD names, or main if it names none.")
        @Size(min = 1, max = 200)
        @Pattern("^[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9_-])?$")
        @Nullable
        String branch,

        @JsonPropertyDescription("Where stages stand. Branch: a branch for each stage. Directory: folders "
                + ".keptn-stages/<stage>/<service> on the default branch. Cannot be changed later.")
        @Default("Branch")
        @Nullable
        GitLayout layout,

        @JsonPropertyDescription("The Secret with the credentials, in the same namespace. Keys: username and password, "
                + "or token, or identity (an SSH private key) with passphrase and known_hosts; ca.crt; proxy.url, "
                + "proxy.scheme, proxy.user, proxy.password; or Keptn's own key git-credentials with its JSON. Default: "
                + "git-credentials-<project>.")
        @Nullable
        SecretReference secretRef,

        @JsonPropertyDescription("Whether an upstream that already holds a Keptn project (a metadata.yaml on its "
                + "default branch) is taken over. With false such an upstream is refused, as Keptn's API does. Other "
                + "content is kept in either case.")
        @Default("true")
        @Nullable
        Boolean adoptExisting) {

    /** Nothing said: what the schema's defaults make of an absent block. */
    public static final GitSpec EMPTY = new GitSpec(null, null, null, null, null);

    /** The layout, with the schema's default. */
    public GitLayout layoutOrDefault() {
        return layout == null ? GitLayout.Branch : layout;
    }

    /** Whether an upstream with a Keptn project in it may be taken over. */
    public boolean adopts() {
        return !Boolean.FALSE.equals(adoptExisting);
    }
}
