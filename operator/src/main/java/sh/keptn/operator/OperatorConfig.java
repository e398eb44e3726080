package sh.keptn.operator;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import sh.keptn.core.config.Env;
import sh.keptn.core.git.AddressPolicy;
import sh.keptn.core.git.GitAuthor;

/**
 * Everything that can be set on the operator, read once from its environment.
 *
 * @param namespace the one namespace that is watched
 * @param dataDirectory where the mirrors of upstreams are kept; may be lost at any time
 * @param management where health and metrics are served
 * @param provisioner base URL of a provisioner, for projects that come without an upstream
 * @param webhookSecret the Secret with which upstreams announce pushes, for projects that name none of their own
 * @param leaderElection whether only one of several operators works; off only where there is one for certain
 * @param clusterKinds kinds of the whole cluster that may be deployed from Git
 */
record OperatorConfig(
        String namespace,
        Path dataDirectory,
        Management management,
        Optional<URI> provisioner,
        Optional<String> webhookSecret,
        AddressPolicy addresses,
        GitAuthor author,
        boolean leaderElection,
        Set<String> clusterKinds) {

    /** Address and port of the management server; port 0 takes any that is free. */
    record Management(String address, int port) {}

    OperatorConfig {
        clusterKinds = Set.copyOf(clusterKinds);
    }

    static OperatorConfig from(Env env) {
        return new OperatorConfig(
                env.text("KEPTN_NAMESPACE", "keptn"),
                env.path("KEPTN_DATA_DIR", Path.of("/data")),
                new Management(
                        env.text("KEPTN_BIND_ADDRESS", "0.0.0.0"),
                        env.number("KEPTN_MANAGEMENT_PORT", 8081, 0, 65_535)),
                env.text("KEPTN_GIT_PROVISIONING_URL").map(URI::create),
                env.text("KEPTN_WEBHOOK_SECRET"),
                new AddressPolicy(
                        env.flag("KEPTN_ALLOW_LOOPBACK_UPSTREAMS", false),
                        env.flag("KEPTN_ALLOW_PRIVATE_UPSTREAMS", true)),
                new GitAuthor(
                        env.text("KEPTN_GIT_AUTHOR_NAME", GitAuthor.KEPTN.name()),
                        env.text("KEPTN_GIT_AUTHOR_EMAIL", GitAuthor.KEPTN.email())),
                env.flag("KEPTN_LEADER_ELECTION", true),
                kinds(env.text("KEPTN_ALLOWED_CLUSTER_KINDS", "")));
    }

    private static Set<String> kinds(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(kind -> !kind.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
