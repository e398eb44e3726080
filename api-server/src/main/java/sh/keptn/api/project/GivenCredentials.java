package sh.keptn.api.project;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sh.keptn.api.http.Json;
import sh.keptn.api.http.StrictBase64;
import sh.keptn.core.config.Secret;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.GitAccess;
import sh.keptn.core.git.GitCredentials;
import sh.keptn.core.git.GitUrl;

/**
 * Where the upstream is and how to get in, as a client gave it: checked in Keptn's order.
 *
 * @param json what goes into the Secret, in Keptn's own form
 */
record GivenCredentials(GitUrl url, GitAccess access, Secret json) {
    private static final String FIELD = "gitCredentials";

    static GivenCredentials parse(ProjectBody.GitCredentials given) {
        String remote = Optional.ofNullable(given.remoteURL()).orElse("");
        if (remote.isEmpty()) {
            throw KeptnException.invalid(FIELD + ".remoteURL", "is missing");
        }
        if (Stream.of("http://", "https://", "ssh://").noneMatch(remote::startsWith)) {
            throw KeptnException.invalid(FIELD + ".remoteURL", "must start with http://, https:// or ssh://");
        }
        ProjectBody.Https https = given.https();
        ProjectBody.Ssh ssh = given.ssh();
        if (https != null && ssh != null) {
            throw KeptnException.invalid(FIELD, "https and ssh must not both be given");
        }
        if (ssh != null) {
            requireKey(ssh);
        }
        if (https != null) {
            requireCertificate(https);
            requireProxy(https.proxy());
        }
        GitUrl url = new GitUrl(remote);
        if (url.isSsh() ? https != null : ssh != null) {
            throw KeptnException.invalid(FIELD, "the kind of credentials does not fit the scheme of remoteURL");
        }
        Secret json = new Secret(new String(Json.write(given), StandardCharsets.UTF_8));
        GitAccess access = GitCredentials.fromSecret(Map.of(GitCredentials.KEPTN_KEY, json.reveal()))
                .access();
        return new GivenCredentials(url, access, json);
    }

    private static void requireKey(ProjectBody.Ssh ssh) {
        String key = Optional.ofNullable(ssh.privateKey()).orElse("");
        if (key.isEmpty()) {
            throw KeptnException.invalid(FIELD + ".ssh.privateKey", "is missing");
        }
        StrictBase64.decode(FIELD + ".ssh.privateKey", key);
    }

    private static void requireCertificate(ProjectBody.Https https) {
        StrictBase64.decode(
                FIELD + ".https.certificate",
                Optional.ofNullable(https.certificate()).orElse(""));
    }

    private static void requireProxy(ProjectBody.@Nullable Proxy proxy) {
        if (proxy == null || proxy.url() == null || proxy.url().isEmpty()) {
            return;
        }
        String scheme = Optional.ofNullable(proxy.scheme()).orElse("http");
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw KeptnException.invalid(FIELD + ".https.proxy.scheme", "must be http or https");
        }
        if (!proxy.url().contains(":")) {
            throw KeptnException.invalid(FIELD + ".https.proxy.url", "must read host:port");
        }
    }
}
