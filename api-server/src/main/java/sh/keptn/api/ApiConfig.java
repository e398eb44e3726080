package sh.keptn.api;

import java.nio.file.Path;
import java.util.Optional;
import sh.keptn.api.auth.TrustedProxies;
import sh.keptn.api.event.EventRules;
import sh.keptn.api.event.mongo.MongoSettings;
import sh.keptn.api.http.HttpLimits;
import sh.keptn.core.config.Env;
import sh.keptn.core.config.Secret;
import sh.keptn.core.git.AddressPolicy;
import sh.keptn.core.git.GitAuthor;

/** Everything that can be set on the API server, read once from its environment. */
record ApiConfig(String namespace, Listen listen, Auth auth, Git git, Events events) {

    /** Where the server listens, and how much it takes. */
    record Listen(String address, int port, int managementPort, HttpLimits limits) {}

    /**
     * Who comes in.
     *
     * @param token used if it is there, else the Secret of that name is followed
     */
    record Auth(
            Optional<Secret> token,
            String tokenSecret,
            TrustedProxies trustedProxies,
            int wrongTokensPerSecond,
            int wrongTokensBurst) {}

    /**
     * How upstreams are reached.
     *
     * @param dataDir holds the mirrors of this process alone
     * @param webhookSecret the Secret with which upstreams announce pushes, for projects that name none of their own
     */
    record Git(
            Path dataDir,
            GitAuthor author,
            AddressPolicy addresses,
            Optional<String> provisioningUrl,
            Optional<String> webhookSecret) {}

    /**
     * How events are taken and kept.
     *
     * @param store empty: no events, and everything else works
     */
    record Events(Optional<MongoSettings> store, EventRules rules) {}

    static ApiConfig from(Env env) {
        return new ApiConfig(
                env.text("KEPTN_NAMESPACE", "keptn"),
                listen(env),
                auth(env),
                git(env),
                new Events(MongoSettings.from(env), EventRules.from(env)));
    }

    private static Listen listen(Env env) {
        HttpLimits limits = HttpLimits.DEFAULT;
        return new Listen(
                env.text("KEPTN_BIND_ADDRESS", "0.0.0.0"),
                env.number("KEPTN_PORT", 8080, 0, 65_535),
                env.number("KEPTN_MANAGEMENT_PORT", 8081, 0, 65_535),
                new HttpLimits(
                        env.bytes("KEPTN_MAX_BODY", limits.bodyBytes()),
                        env.duration("KEPTN_BODY_TIMEOUT", limits.bodyDeadline()),
                        (int) Math.min(env.bytes("KEPTN_MAX_HEADERS", limits.headerBytes()), 1 << 20),
                        env.number("KEPTN_MAX_CONNECTIONS", limits.connections(), 1, 1_000_000),
                        env.number("KEPTN_MAX_REQUESTS", limits.concurrentRequests(), 1, 100_000),
                        env.duration("KEPTN_READ_TIMEOUT", limits.readTimeout()),
                        env.duration("KEPTN_IDLE_TIMEOUT", limits.idleTimeout()),
                        env.duration("KEPTN_SHUTDOWN_GRACE", limits.shutdownGrace())));
    }

    private static Auth auth(Env env) {
        return new Auth(
                env.secret("KEPTN_API_TOKEN"),
                env.text("KEPTN_API_TOKEN_SECRET", "keptn-api-token"),
                proxies(env),
                env.number("KEPTN_WRONG_TOKENS_PER_SECOND", 1, 1, 1000),
                env.number("KEPTN_WRONG_TOKENS_BURST", 10, 1, 1000));
    }

    private static TrustedProxies proxies(Env env) {
        try {
            return TrustedProxies.parse(env.text("KEPTN_TRUSTED_PROXIES", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("KEPTN_TRUSTED_PROXIES: " + e.getMessage(), e);
        }
    }

    private static Git git(Env env) {
        return new Git(
                env.path("KEPTN_DATA_DIR", Path.of("/data")),
                new GitAuthor(
                        env.text("KEPTN_GIT_AUTHOR_NAME", GitAuthor.KEPTN.name()),
                        env.text("KEPTN_GIT_AUTHOR_EMAIL", GitAuthor.KEPTN.email())),
                new AddressPolicy(
                        env.flag("KEPTN_ALLOW_LOOPBACK_UPSTREAMS", false),
                        env.flag("KEPTN_ALLOW_PRIVATE_UPSTREAMS", true)),
                env.text("KEPTN_GIT_PROVISIONING_URL"),
                env.text("KEPTN_WEBHOOK_SECRET"));
    }
}
