package sh.keptn.api.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** The body of POST and PUT project, field by field as Keptn names them; nothing is checked yet. */
record ProjectBody(
        @Nullable String name,
        @Nullable String shipyard,
        @Nullable GitCredentials gitCredentials) {

    /** Keptn keeps the same form in its Secret. Prints without its secrets. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record GitCredentials(
            @Nullable String remoteURL,
            @Nullable String user,
            @Nullable Https https,
            @Nullable Ssh ssh) {
        @Override
        public String toString() {
            return "GitCredentials[***]";
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Https(
            @Nullable String token,
            @Nullable String certificate,
            @Nullable Boolean insecureSkipTLS,
            @Nullable Proxy proxy) {
        @Override
        public String toString() {
            return "Https[***]";
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Proxy(
            @Nullable String url,
            @Nullable String scheme,
            @Nullable String user,
            @Nullable String password) {
        @Override
        public String toString() {
            return "Proxy[***]";
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Ssh(
            @Nullable String privateKey,
            @Nullable String privateKeyPass,
            @Nullable String knownHosts) {
        @Override
        public String toString() {
            return "Ssh[***]";
        }
    }
}
